import { objectsOf } from '../../meters/firehose.ts';
import type { Delivery, Target } from '../deliveries.ts';
import type { Situation } from '../situation.ts';
import { UNREAD, type Reads, type Written } from '../stays.ts';
import type { Traffic } from '../traffic.ts';

/** What deliveries write: what they carry, and the copy of what came. */
export function writtenByDeliveries({ resources, month }: Situation, deliveries: readonly Delivery[]): Written[] {
  const queried = resources.ofType('AWS::Athena::WorkGroup').length > 0;
  return deliveries.flatMap(({ traffic, objects, backup, converts }) => {
    const write = ({ bucket, prefix, buffer, ratio }: Target, reads: Reads): Written => ({
      by: traffic.name,
      bucket,
      prefix,
      bytes: traffic.bytes / ratio,
      objects: objectsOf(traffic.bytes, traffic.records, buffer, month.seconds),
      billedPuts: true,
      reads,
    });
    return [
      ...(objects === undefined ? [] : [write(objects, queried && converts ? readsOf(traffic) : UNREAD)]),
      ...(backup === undefined ? [] : [write(backup, UNREAD)]),
    ];
  });
}

/** Where the workload says what queries scan, that is all that is read, from Standard. */
const readsOf = ({ said, need }: Traffic): Reads =>
  need === undefined || said.scannedBytesPerQuery !== undefined || said.queriesPerDay === 0 ? UNREAD : { need };
