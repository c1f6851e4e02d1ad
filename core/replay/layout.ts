import type { Source } from './request.ts';

/** The folder of replays beside a domain's datasets, under the retention class of what it is about: it expires no sooner. No dataset is called so. */
const MARKS = '_replay';

/** The parts of a source object's key: `keep30-hot30/sales/orders/reason=not-listed/dt=2026-01-31/…`. */
export interface SourceKey {
  readonly retentionClass: string;
  readonly domain: string;
  readonly dataset: string;
  /** What follows the dataset. */
  readonly rest: string;
}

export function parseKey(key: string): SourceKey {
  const [retentionClass = '', domain = '', dataset = '', ...rest] = key.split('/');
  return { retentionClass, domain, dataset, rest: rest.join('/') };
}

/** The partition of an object, as ranges name it: `dt=2026-01-31`, of `raw` with its hour. */
export const partitionOf = (key: string): string => /dt=\d{4}-\d\d-\d\d(?:\/hr=\d\d)?/.exec(key)?.[0] ?? '';

/** Why what lies in an object of quarantine was rejected. */
export const reasonOf = (key: string): string => /(?:^|\/)reason=([^/]+)\//.exec(key)?.[1] ?? 'unknown';

/** Where what is known of a source object lies, or of all under a prefix: the same path under the replays' folder. */
export function marksPrefix(key: string, source: Source): string {
  const { retentionClass, domain, dataset, rest } = parseKey(key);
  return `${retentionClass}/${domain}/${MARKS}/${dataset}/${source}/${rest}`;
}

/** Keys of a domain's marks, as a policy's pattern. */
export const marksPattern = (domain: string): string => `keep*/${domain}/${MARKS}/*`;

/** How far an object has been replayed. */
export const progressKey = (key: string, source: Source): string => `${marksPrefix(key, source)}/progress.json`;

/** What came of an object that was replayed to its end. */
export interface Done {
  /** What has been put, by any run. */
  readonly put: number;
  readonly left: number;
}

/** Says by its mere name that an object is done, so that a listing tells it. `handler` names the contract and the code that judged. */
export const doneKey = (key: string, source: Source, handler: string, { put, left }: Done): string =>
  `${marksPrefix(key, source)}/done-${handler}-${put}-${left}`;

/** The mark that `key` is, if it says that an object is done: the object's own prefix of marks, the handler and the counts. */
export function parseDone(key: string): (Done & { readonly marks: string; readonly handler: string }) | undefined {
  const [, marks, handler, put, left] = /^(.+)\/done-([0-9a-f]+)-(\d+)-(\d+)$/.exec(key) ?? [];
  return marks === undefined || handler === undefined ? undefined : { marks, handler, put: Number(put), left: Number(left) };
}
