import { scannedTb } from '../../meters/athena.ts';
import { GB, PRICES } from '../../prices.ts';
import { billItem, total, type BillItem } from '../bill.ts';
import type { CuratedTable } from '../curated-tables.ts';
import { listingsOfQuery } from '../listings.ts';
import type { Scene } from '../scene.ts';
import { rowsOf } from '../written/by-folds.ts';

/** Objects that a commit puts: a file of rows, one of those that it deletes, its list, the list of lists, and the table's metadata. */
const OBJECTS_A_COMMIT = 5;
/** Commits of a fold that tidies, beside that of its MERGE: DELETE, OPTIMIZE and VACUUM. */
const COMMITS_OF_TIDYING = 3;
/** Bytes of a time in a column, as a statement reads it that asks for times alone. */
const TIME_BYTES = 8;
/**
 * States of an execution that folds one table, and of the statements that tidy it.
 * test/core/cost/template/folds.test.ts holds them to the workflow.
 */
export const TRANSITIONS = { ofFold: 13, ofTidying: 3 } as const;

/** What each table's folds put. */
export const foldPutItems = ({ curated }: Scene): BillItem[] =>
  curated.map(({ resource, folds, tidyings, delivery: { traffic } }) => {
    const commits = traffic.events === 0 ? 0 : folds + tidyings * COMMITS_OF_TIDYING;
    return billItem('storage', resource, 'objects put by folds', commits * OBJECTS_A_COMMIT, PRICES.s3.put);
  });

/** What each table's folds scan, list and read; what they read of the table itself is billed with its rows. */
export const foldQueryItems = (scene: Scene): BillItem[] =>
  scene.curated.flatMap((table) => {
    const { resource, delivery, folds, days } = table;
    const listings = folds * listingsOfQuery(delivery, scene.resources, days);
    const objects = scene.kept.find(
      ({ by, bucket }) => by === delivery.traffic.name && bucket === delivery.objects.bucket,
    )?.objects;
    const read = (folds * days * (objects ?? 0)) / scene.month.days;
    return [
      billItem('queries', resource, 'scanned by folds', scannedOf(table, scene), PRICES.athena.scanned),
      billItem('queries', resource, 'partitions listed by folds', listings, PRICES.s3.list),
      billItem('queries', resource, 'requests of folds', read, PRICES.s3.readRequest.STANDARD),
    ];
  });

/** What each table's folds go through. */
export const foldTransitionItems = ({ curated }: Scene): BillItem[] =>
  curated.map(({ resource, folds, tidyings }) => {
    const transitions = folds * TRANSITIONS.ofFold + tidyings * TRANSITIONS.ofTidying;
    return billItem('workflows', resource, 'transitions of folds', transitions, PRICES.states.transition);
  });

/** TB that the statements of a month scan: a MERGE reads the days that it folds, and some columns of the whole table, which has no partitions. */
function scannedOf(
  { delivery: { traffic }, folds, tidyings, days, bytes, readShare }: CuratedTable,
  { kept, month }: Scene,
): number {
  const rows = kept.filter(({ by }) => by === rowsOf(traffic.name));
  const tableBytes = total(rows, ({ stays }) => total(stays, ({ gbMonths }) => gbMonths * GB));
  const timesBytes = bytes === 0 ? 0 : (tableBytes / (bytes / traffic.events)) * TIME_BYTES;
  const bytesADay = bytes / month.days;
  const statements: readonly (readonly [times: number, bytes: number])[] = [
    [folds, timesBytes], // since when
    [folds, bytesADay * days + tableBytes * readShare], // MERGE
    [tidyings, timesBytes], // DELETE
    [tidyings, tidyings === 0 ? 0 : bytes / tidyings], // OPTIMIZE
    [tidyings, 0], // VACUUM
  ];
  return total(statements, ([times, each]) => scannedTb(times * each, times));
}
