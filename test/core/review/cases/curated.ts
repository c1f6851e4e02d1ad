import type { IcebergTableDefinition } from '../../../../core/iceberg/table-definition.ts';
import type { Found, PlatformCopy } from './platform-copy.ts';

export const CURATED_TABLE = 'Custom::IcebergTable';

export const curatedTable = (platform: PlatformCopy): Found => platform.the(CURATED_TABLE);
export const foldSchedule = (platform: PlatformCopy): Found =>
  platform.the('AWS::Events::Rule', ({ id }) => id.startsWith('CurationSchedule'));

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
/** Stands for what only a deployment knows, within the text of a definition. */
const UNKNOWN = '<bucket>';

/** Writes a table's definition anew, around what only a deployment knows. */
export function redefine({ properties }: Found, change: (definition: Writable<IcebergTableDefinition>) => unknown): void {
  const { 'Fn::Join': joined } = properties.Definition as { 'Fn::Join': [string, [string, object, string]] };
  const [, [before, bucket, after]] = joined;
  const definition = JSON.parse([before, UNKNOWN, after].join('')) as Writable<IcebergTableDefinition>;
  change(definition);
  const [start = '', end = ''] = JSON.stringify(definition).split(UNKNOWN);
  properties.Definition = { 'Fn::Join': ['', [start, bucket, end]] };
}
