import path from 'node:path';
import { ask } from '../platform/ask.ts';
import type { Deployment } from '../platform/deployment.ts';
import { readerOfTable } from '../platform/find-reader.ts';
import { rejectsOf, type Rejects } from '../platform/find-rejects.ts';
import type { FoundDataset } from '../platform/find-intake.ts';
import { keyOf } from '../platform/names.ts';
import type { Reader } from '../platform/platform.ts';
import { QuarantineCensus } from '../platform/quarantine-census.ts';
import { assume, type RoleClients } from '../platform/session.ts';
import type { ControlClient } from './control-client.ts';
import type { Run } from './home.ts';

export interface OutcomeProps {
  readonly run: Run;
  readonly deployment: Deployment;
  /** Absent for a stream whose events no delivery of Headwaters' writes. */
  readonly dataset: FoundDataset | undefined;
  /** Where what was found in the quarantine is remembered. */
  readonly folder: string;
  readonly control: ControlClient;
}

/** What became of events, as far as somebody may count it. */
export interface Counts {
  /** Rows that `clean` has gained, copies included. */
  readonly accepted?: number;
  /** Events that the quarantine has gained, copies included. */
  readonly quarantined?: number;
  /** The quarantined by their reasons. */
  readonly reasons?: Readonly<Record<string, number>>;
  /** What is not counted, and why: a sentence each. */
  readonly uncounted?: readonly string[];
}

/** What becomes of events, counted where they arrive: by one who may ask in `clean`, by one who may look into the quarantine. */
export class Outcome {
  private before: Counts = {};

  private constructor(
    private readonly counters: readonly Counter[],
    private readonly uncounted: readonly string[],
  ) {}

  /** Counts what is there before anything is put. */
  static async begin(props: OutcomeProps): Promise<Outcome> {
    const { dataset, deployment } = props;
    if (dataset === undefined)
      return new Outcome(
        [],
        ["What became of them is not counted: no delivery writes the stream's events to a table of a dataset."],
      );
    const [reader, rejects] = [await readerOfTable(deployment, dataset.table.arn), await rejectsOf(deployment, dataset)];
    const { database, name } = dataset.table;
    const outcome = new Outcome(
      [
        ...(reader === undefined ? [] : [await rowCounter(props, dataset, reader)]),
        ...(rejects === undefined ? [] : [await rejectCounter(props, dataset, rejects)]),
      ],
      [
        ...(reader === undefined
          ? [`What can be queried is not counted: no role that can be taken may run queries and see ${database}.${name}.`]
          : []),
        ...(rejects === undefined
          ? [
              `What is in quarantine is not counted: no role that can be taken may list and read the rejects of ${keyOf(dataset)}.`,
            ]
          : []),
      ],
    );
    outcome.before = await outcome.count();
    return outcome;
  }

  /** What has arrived since. */
  async end(): Promise<Counts> {
    const after = await this.count();
    const { accepted = 0, quarantined = 0, reasons = {} } = this.before;
    const gained = Object.entries(after.reasons ?? {}).map(
      ([reason, count]) => [reason, count - (reasons[reason] ?? 0)] as const,
    );
    return {
      ...(after.accepted !== undefined && { accepted: after.accepted - accepted }),
      ...(after.quarantined !== undefined && {
        quarantined: after.quarantined - quarantined,
        reasons: Object.fromEntries(gained.filter(([, count]) => count > 0)),
      }),
      ...(this.uncounted.length > 0 && { uncounted: this.uncounted }),
    };
  }

  close(): void {
    for (const { clients } of this.counters) clients.close();
  }

  private async count(): Promise<Counts> {
    let counts: Counts = {};
    for (const counter of this.counters) counts = { ...counts, ...(await counter.count()) };
    return counts;
  }
}

/** One who counts. */
interface Counter {
  readonly clients: RoleClients;
  readonly count: () => Promise<Counts>;
}

async function rowCounter({ run, control }: OutcomeProps, { table }: FoundDataset, reader: Reader): Promise<Counter> {
  const { now } = await control.status();
  const since = new Date(now).toISOString().slice(0, 10); // the day of arrival from which rows are counted
  const clients = await assume(run, reader.roleArn, 'headwaters-put');
  const sql = `SELECT count(*) AS events FROM "${table.database}"."${table.name}" WHERE dt >= '${since}'`;
  return {
    clients,
    count: async () => {
      const [row] = (await ask(clients.athena, reader.workGroup, sql)).rows;
      return { accepted: Number(row?.[0] ?? 0) };
    },
  };
}

async function rejectCounter({ run, folder }: OutcomeProps, dataset: FoundDataset, rejects: Rejects): Promise<Counter> {
  const clients = await assume(run, rejects.roleArn, 'headwaters-put');
  return {
    clients,
    count: async () => {
      const census = new QuarantineCensus(path.join(folder, keyOf(dataset)));
      await census.collect(clients.s3, rejects.bucket, dataset.prefix);
      const { events, copies, envelopes } = census.count();
      return { quarantined: events + copies, reasons: envelopes };
    },
  };
}
