import { FirehoseClient } from '@aws-sdk/client-firehose';
import { S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Platform, type DeployedDataset, type Reader } from '../../../cli/platform/platform.ts';
import { assume, type RoleClients } from '../../../cli/platform/session.ts';
import { demoSource } from '../../../cli/sample-source.ts';
import { readContracts } from '../../../core/contract/read-file.ts';
import { databaseName } from '../../../core/naming.ts';
import { consumingOf } from '../../../lib/config/consuming.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import type { OnAccess } from '../../../local/iam/index.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { environmentWithoutAccount } from '../../../test/support/platform.ts';
import { readResources, type StandingResource } from '../statements/read-resources.ts';
import { PLACE } from '../statements/place.ts';
import { readPlaced } from '../statements/synthesize-environment.ts';
import { SwitchedFaults } from './switched-faults.ts';

/** Events of a dataset, as its producer has them. */
export interface DatasetEvents extends DeployedDataset {
  readonly events: readonly string[];
}

/** A group who asks. */
export interface WorldReader extends Reader {
  /** What it is to read. */
  readonly datasets: readonly DatasetEvents[];
  /** Databases that it is to read as a whole, and may look around in. */
  readonly databases: readonly string[];
}

/** A running platform, and what scenarios need to use it. */
export interface World {
  readonly environment: string;
  readonly runtime: LocalRuntime;
  readonly clock: SimulatedClock;
  /** Milliseconds since the epoch, as the platform sees it. */
  readonly startedAt: number;
  readonly platform: Platform;
  readonly datasets: readonly DatasetEvents[];
  /** Every group who asks. */
  readonly readers: readonly WorldReader[];
  readonly resources: readonly StandingResource[];
  readonly faults: SwitchedFaults;
  /** Of one who may do anything: what is put here was put by nobody of the platform. */
  readonly operator: { readonly s3: S3Client; readonly firehose: FirehoseClient };
  /** What services said in their logs when something was refused. */
  readonly errors: readonly string[];
  /** Clients of a role; the same for the same role. */
  readonly as: (roleArn: string) => Promise<RoleClients>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly environment: string;
  /** The cloud assembly: the environment's templates, edited or not. */
  readonly assembly: string;
  readonly onAccess: OnAccess;
}

const EVENTS = 20;
const SEED = 1;

/**
 * Starts the platform of an assembly.
 *
 * @throws AssemblyError where a resource is refused: a role that a service may not take, or one that lacks what the service asks for at once
 */
export async function openWorld({ environment, assembly, onAccess }: WorldOptions): Promise<World> {
  const source = await demoEvents();
  const state = mkdtempSync(path.join(tmpdir(), 'nothing-wider-'));
  const clock = new SimulatedClock(source.startsAt);
  const faults = new SwitchedFaults();
  const errors: string[] = [];
  const removeState = (): void => {
    rmSync(state, { recursive: true, force: true });
  };
  const runtime = await start({
    assembly,
    state,
    clock,
    account: PLACE.account,
    region: PLACE.region,
    faults,
    onAccess,
    onLog: ({ level, message }) => {
      if (level === 'error') errors.push(message);
    },
  }).catch((error: unknown) => {
    removeState();
    throw error;
  });
  const platform = new Platform(environment, runtime.outputs);
  const place = { endpoint: runtime.endpoint, region: runtime.region, operator: runtime.operator };
  const options = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator };
  const operator = { s3: new S3Client({ ...options, forcePathStyle: true }), firehose: new FirehoseClient(options) };
  const taken = new Map<string, RoleClients>();
  const datasets = source.datasets.map(({ contract, events }) => ({ ...platform.dataset(contract), events }));
  const readers = readersOf(environment, platform, datasets);
  return {
    environment,
    runtime,
    clock,
    startedAt: source.startsAt,
    platform,
    datasets,
    readers,
    resources: readResources(readPlaced(assembly)),
    faults,
    operator,
    errors,
    as: async (roleArn) => {
      const known = taken.get(roleArn) ?? (await assume(place, roleArn, 'prove'));
      taken.set(roleArn, known);
      return known;
    },
    close: async () => {
      for (const clients of taken.values()) clients.close();
      operator.s3.destroy();
      operator.firehose.destroy();
      await runtime.stop();
      removeState();
    },
  };
}

/** Every group who asks, and what it is to read by the environment's own words: no policy is asked what it allows. */
function readersOf(environment: string, platform: Platform, datasets: readonly DatasetEvents[]): readonly WorldReader[] {
  const groups = consumingOf(
    environmentWithoutAccount(environment),
    datasets.map(({ contract }) => contract),
    [],
  );
  return groups.map(({ group, domains, datasets: alone }, index) => ({
    ...platform.reader(index === 0 ? undefined : group),
    datasets: datasets.filter(({ contract }) => domains.includes(contract.domain) || alone.includes(contract)),
    databases: domains.map((domain) => databaseName(environment, domain)),
  }));
}

/** A few events of each dataset, from the first days on which it has any. */
async function demoEvents() {
  const contracts = readContracts('contracts').flatMap(({ datasets }) => datasets);
  const { source } = await demoSource('.', contracts, { rows: EVENTS * contracts.length, seed: SEED });
  const found = new Map<string, readonly string[]>();
  for await (const { batches } of source.days()) {
    for (const { domain, dataset, events } of batches)
      if (events.length > 0 && !found.has(`${domain}.${dataset}`)) found.set(`${domain}.${dataset}`, events.slice(0, EVENTS));
    if (found.size === contracts.length) break;
  }
  const datasets = contracts.map((contract) => ({ contract, events: found.get(`${contract.domain}.${contract.name}`) ?? [] }));
  return { startsAt: source.startsAt, datasets };
}
