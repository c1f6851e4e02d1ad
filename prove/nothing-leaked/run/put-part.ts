import { assume } from '../../../cli/platform/session.ts';
import type { LiveRun } from './live-run.ts';
import { putKnown, recordsOf } from './put-known.ts';

/** What is given in turn, at moments of a platform's life. */
export const PARTS = 3;

/** Puts one part of what each dataset is given, as its producer. @param part From 0 */
export async function putPart(
  { platform, place, given }: LiveRun,
  part: number,
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const of = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, number) => number % PARTS === part);
  for (const { dataset, accepted, rejected, keys } of given) {
    const { producerRoleArn, intake } = platform.dataset(dataset);
    const producer = await assume(place, producerRoleArn, 'producer');
    const records = [accepted, rejected].flatMap((events) => recordsOf(of(events), of(keys)));
    await putKnown(producer, intake, records, wait);
    producer.close();
  }
}
