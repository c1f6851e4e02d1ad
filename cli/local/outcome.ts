import path from 'node:path';
import { ask } from '../platform/ask.ts';
import { keyOf } from '../platform/names.ts';
import type { DeployedDataset, Platform } from '../platform/platform.ts';
import { QuarantineCensus } from '../platform/quarantine-census.ts';
import { assume, type RoleClients } from '../platform/session.ts';
import type { ControlClient } from './control-client.ts';
import type { Run } from './home.ts';

export interface OutcomeProps {
  readonly run: Run;
  readonly platform: Platform;
  readonly dataset: DeployedDataset;
  /** Where what was found in the quarantine is remembered. */
  readonly folder: string;
  readonly control: ControlClient;
}

interface Counts {
  readonly accepted: number;
  readonly quarantined: number;
  /** The quarantined by their reasons. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** What becomes of events, counted where they arrive: by the analyst in `clean`, by the steward in the quarantine. */
export class Outcome {
  private before: Counts = { accepted: 0, quarantined: 0, reasons: {} };

  private constructor(
    private readonly props: OutcomeProps,
    private readonly analyst: RoleClients,
    private readonly steward: RoleClients,
    /** Day of arrival from which rows are counted: `YYYY-MM-DD`. */
    private readonly since: string,
  ) {}

  /** Counts what is there before anything is put. */
  static async begin(props: OutcomeProps): Promise<Outcome> {
    const { run, platform, dataset, control } = props;
    const { now } = await control.status();
    const analyst = await assume(run, platform.analystRoleArn, 'headwaters-put');
    const steward = await assume(run, dataset.stewardRoleArn, 'headwaters-put');
    const outcome = new Outcome(props, analyst, steward, new Date(now).toISOString().slice(0, 10));
    outcome.before = await outcome.count();
    return outcome;
  }

  /** What has arrived since. */
  async end(): Promise<Counts> {
    const after = await this.count();
    const { accepted, quarantined, reasons } = this.before;
    const gained = Object.entries(after.reasons).map(([reason, count]) => [reason, count - (reasons[reason] ?? 0)] as const);
    return {
      accepted: after.accepted - accepted,
      quarantined: after.quarantined - quarantined,
      reasons: Object.fromEntries(gained.filter(([, count]) => count > 0)),
    };
  }

  close(): void {
    this.analyst.close();
    this.steward.close();
  }

  private async count(): Promise<Counts> {
    const { platform, dataset, folder } = this.props;
    const sql = `SELECT count(*) AS events FROM ${dataset.cleanTable} WHERE dt >= '${this.since}'`;
    const [row] = (await ask(this.analyst.athena, platform.workGroup, sql)).rows;
    const census = new QuarantineCensus(path.join(folder, keyOf(dataset.contract)));
    await census.collect(this.steward.s3, platform.bucket('quarantine'), dataset.prefix);
    const { events, copies, envelopes } = census.count();
    return { accepted: Number(row?.[0] ?? 0), quarantined: events + copies, reasons: envelopes };
  }
}
