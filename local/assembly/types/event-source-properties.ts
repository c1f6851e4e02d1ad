import type { Members } from '../../input.ts';
import { stableUuid } from '../physical-name.ts';
import type { Creation } from '../resource-type.ts';
import { functionArn } from './compute.ts';

const REPORTS = 'ReportBatchItemFailures';

/** Both inclusive. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

/** What a mapping says whatever its source is. */
export interface CommonSettings {
  readonly uuid: string;
  readonly arn: string;
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly reportsItems: boolean;
}

export function commonOf(properties: Members, creation: Creation): CommonSettings {
  const uuid = stableUuid(`${creation.stack}/${creation.logicalId}`);
  return {
    uuid,
    arn: creation.arn('lambda', `event-source-mapping:${uuid}`),
    functionArn: functionArn(properties.text('FunctionName'), creation).replace(/:\$LATEST$/, ''), // what no version names runs it
    enabled: properties.optionalBoolean('Enabled') ?? true,
    reportsItems: reportsItems(properties),
  };
}

/** A whole number of a mapping, which may be absent. */
export function within(properties: Members, name: string, { least, most, otherwise }: Bounds): number {
  const number = properties.optionalNumber(name) ?? otherwise;
  if (!Number.isInteger(number) || number < least || number > most)
    throw properties.invalid(name, `must be a whole number from ${least} to ${most}, got ${number}`);
  return number;
}

function reportsItems(properties: Members): boolean {
  const types = properties.texts('FunctionResponseTypes');
  const other = types.find((type) => type !== REPORTS);
  if (other !== undefined || types.length > 1)
    throw properties.invalid('FunctionResponseTypes', `must hold ${REPORTS} at most, got '${types.join("', '")}'`);
  return types.length === 1;
}

/** Refuses a property that the source has no use for. */
export function refuseUnsupported(properties: Members, names: readonly string[]): void {
  const stranger = names.find((name) => properties.has(name));
  if (stranger !== undefined)
    throw properties.invalid(
      stranger,
      `is no part of it: Unsupported ${stranger} parameter for given event source mapping type.`,
    );
}
