import type { DemoSource } from '../../core/demo/demo-source.ts';
import { FaultPlanter } from '../../core/demo/plant-faults.ts';
import type { SimulatedClock } from '../../local/clock.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { censusFile, logFile } from './names.ts';
import { keyOf } from '../platform/names.ts';
import type { DeployedDataset } from '../platform/platform.ts';
import { QuarantineCensus } from '../platform/quarantine-census.ts';
import { ProducerLog } from './producer-log.ts';
import { pack, putRecords } from '../platform/put-records.ts';
import { assume, type Place } from '../platform/session.ts';

export interface Production {
  readonly project: Project;
  readonly source: DemoSource;
  readonly deployed: readonly DeployedDataset[];
  readonly place: Place;
  readonly clock: SimulatedClock;
  readonly seed: number;
  readonly out: Out;
  readonly refuseErrors: () => void;
  /** Bucket of the quarantine. */
  readonly quarantine: string;
}

/** Days after which the quarantine is read: less than the shortest retention that the platform offers. */
const CENSUS_EVERY_DAYS = 5;

/** Puts every day of the source where each dataset takes it, as the producers of the datasets, and writes down what was put before it is. */
export async function produce({
  project,
  source,
  deployed,
  place,
  clock,
  seed,
  out,
  refuseErrors,
  quarantine,
}: Production): Promise<void> {
  await out.step('Putting events');
  const producers = new Map(
    await Promise.all(
      deployed.map(async (dataset) => {
        const clients = await assume(place, dataset.producerRoleArn, 'demo-producer');
        const steward = await assume(place, dataset.stewardRoleArn, 'demo-steward');
        const log = new ProducerLog(logFile(project, dataset.contract));
        const census = new QuarantineCensus(censusFile(project, dataset.contract));
        return [
          keyOf(dataset.contract),
          { dataset, clients, steward, log, census, planter: new FaultPlanter(dataset.contract, seed) },
        ] as const;
      }),
    ),
  );
  let sent = 0;
  let days = 0;
  for await (const { day, last } of withLast(source.days())) {
    if (day.uploadAt > clock.now()) await clock.advanceTo(day.uploadAt);
    refuseErrors();
    const batches = new Map(day.batches.map((batch) => [`${batch.domain}.${batch.dataset}`, batch]));
    for (const name of batches.keys()) {
      if (!producers.has(name))
        throw new CommandError(
          'UnknownDataset',
          `the sample puts '${name}', which no contract holds; mend sample/ or contracts/`,
        );
    }
    for (const [name, { dataset, clients, log, planter }] of producers) {
      const { events = [], packed = true } = batches.get(name) ?? {}; // without a batch of its own, a day may still bring what was held back
      const planted = planter.plant(events, day.uploadAt, last);
      log.write(planted);
      await putRecords(clients, dataset.intake, pack(planted, packed), (milliseconds) => clock.advance(milliseconds));
      sent += planted.length;
    }
    days += 1;
    if (days % CENSUS_EVERY_DAYS === 0) {
      for (const { dataset, steward, census } of producers.values()) await census.collect(steward.s3, quarantine, dataset.prefix);
    }
    out.detail(`${sent.toLocaleString('en-US')} until ${new Date(day.uploadAt).toISOString().slice(0, 10)}`);
  }
  for (const { clients, steward, log } of producers.values()) {
    clients.close();
    steward.close();
    log.close();
  }
  out.done(`${sent.toLocaleString('en-US')} events`);
}

/** Days, each with whether it is the last. */
async function* withLast<T>(days: AsyncIterable<T>): AsyncIterable<{ readonly day: T; readonly last: boolean }> {
  let held: T | undefined;
  for await (const day of days) {
    if (held !== undefined) yield { day: held, last: false };
    held = day;
  }
  if (held !== undefined) yield { day: held, last: true };
}
