import type { Execution } from './execution.ts';
import { QueryError } from './sql/query-error.ts';

const KEPT = 'Athena will not delete data in your account.';

/** What Athena's engine fails with, and its catalog; of an interval it tells nothing more, and our own refusals are no words of Athena's. */
const ITS_WORDS = /^(?:[A-Z_]+: (?!.*headwaters local|Unsupported Hive type: interval )|Database .* not found\. )/s;

/** A failure of a statement that writes, with what Athena adds: where data may lie that it wrote before it failed. */
export function withLeftovers({ settings, key, class: { subtype } }: Execution, error: QueryError): QueryError {
  const { message, category, detail } = error;
  const added = { CREATE_TABLE_AS_SELECT: ofTable, INSERT: ofInsert }[subtype];
  if (added === undefined || !ITS_WORDS.test(message)) return error;
  return new QueryError(`${message.replace(/\.$/, '')}. ${added(`s3://${settings.bucket}/${key}`)}`, category, detail);
}

const ofTable = (place: string): string =>
  `You may need to manually clean the data at location '${place}' before retrying. ${KEPT}`;

const ofInsert = (place: string): string =>
  `If a data manifest file was generated at '${place}-manifest.csv', you may need to manually clean the data from locations specified in the manifest. ${KEPT}`;
