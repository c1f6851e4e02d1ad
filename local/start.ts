import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { deploy, type Deployed } from './assembly/deploy.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import type { Services } from './assembly/resource-type.ts';
import { Athena } from './athena/index.ts';
import type { SimulatedClock } from './clock.ts';
import { Endpoint } from './endpoint/index.ts';
import { Firehose } from './firehose/firehose.ts';
import { GlueCatalog } from './glue/catalog.ts';
import { Iam, Sessions, Sts } from './iam/index.ts';
import { Kinesis } from './kinesis/kinesis.ts';
import { Lambda } from './lambda/lambda.ts';
import { ParquetConverter } from './parquet/convert.ts';
import { openDuckdb } from './parquet/engine.ts';
import { S3 } from './s3/index.ts';
import { Secrets } from './secrets/secrets.ts';
import type { Log } from './service.ts';
import { savedTime, StateError, StateFolder } from './state-folder.ts';

export { refuseUnusable, removeState, savedTime, StateError } from './state-folder.ts';

export interface StartOptions {
  /** The cloud assembly: `cdk.out`. */
  readonly assembly: string;
  /** Folder of what outlives a run; made if it is missing. */
  readonly state: string;
  /** The time that resources see. Not behind {@link savedTime} of the state. */
  readonly clock: SimulatedClock;
  /** @default '123456789012' */
  readonly account?: string;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Takes what resources write to their log groups. @default - nothing is kept */
  readonly onLog?: Log;
  /** Looks at an existing state without changing it. @default false */
  readonly ephemeral?: boolean;
  /** Port of the endpoint on the loopback. @default - any free port */
  readonly port?: number;
}

/** A running platform. */
export interface LocalRuntime {
  /** `http://127.0.0.1:<port>`: what clients take as AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  /** Credentials of one who may do anything, and is nobody's role. */
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Outputs by stack, as `cdk deploy --outputs-file` writes them. */
  readonly outputs: Deployed['outputs'];
  /** Resource types that were recorded and not built, with the reason. */
  readonly recordedOnly: Deployed['recordedOnly'];
  /** Records that were accepted and are not in S3 yet: in streams, buffers, or refused and waiting. */
  undelivered(): number;
  /** Records whose retention ended before they could be delivered: AWS loses them too. */
  lost(): number;
  /** Ends the run and saves the state. Nothing is drained: what is `undelivered` here is gone with the process. */
  stop(): Promise<{ readonly undelivered: number; readonly lost: number }>;
}

/**
 * Builds the platform of an assembly and opens its endpoint.
 *
 * @throws StateError `StateInUse`, `StateUnfinished`, `ClockBehindState`
 * @throws AssemblyError for what the runtime does not know, and for what AWS would refuse
 */
export async function start(options: StartOptions): Promise<LocalRuntime> {
  const { assembly, state: folder, clock, ephemeral = false, port } = options;
  const saved = savedTime(folder);
  if (saved !== undefined && clock.now() < saved) {
    throw new StateError(
      'ClockBehindState',
      `the clock must not be behind the state's ${new Date(saved).toISOString()}, got ${new Date(clock.now()).toISOString()}`,
    );
  }
  const stacks = readAssembly(assembly);
  const state = StateFolder.open(folder, ephemeral);
  const scratch = mkdtempSync(path.join(tmpdir(), 'headwaters-'));
  const duckdb = await openDuckdb(scratch);
  const release = (): void => {
    duckdb.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    const where = { url: '' };
    const services = openServices(options, state, scratch, duckdb, () => where.url);
    const { accountId, region, sessions, s3, kinesis, firehose, lambda, glue, athena, secrets } = services;
    const { outputs, recordedOnly } = deploy(stacks, services);
    const endpoint = new Endpoint({
      services: [kinesis.service, firehose.service, glue.service, athena.service, secrets.service],
      sts: new Sts(sessions),
      s3,
      sessions,
      ...(port !== undefined && { port }),
    });
    where.url = (await endpoint.listen()).url;
    const undelivered = (): number => sum(firehose.all().map((delivery) => delivery.undelivered));
    const lost = (): number => sum([...firehose.all(), ...kinesis.all()].map((holder) => holder.lost));
    const stop = async (): Promise<{ undelivered: number; lost: number }> => {
      await lambda.stop(); // before the endpoint: what still runs may have a call under way
      await athena.idle();
      await endpoint.close();
      const rest = { undelivered: undelivered(), lost: lost() };
      state.close(clock.now(), () => {
        s3.save();
      });
      s3.close();
      release();
      return rest;
    };
    let stopped: ReturnType<typeof stop> | undefined;
    const { accessKeyId, secretAccessKey } = sessions.operator.credentials;
    return {
      endpoint: where.url,
      region,
      accountId,
      operator: { accessKeyId, secretAccessKey },
      outputs,
      recordedOnly,
      undelivered,
      lost,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    state.abandon();
    release();
    throw error;
  }
}

function openServices(
  { clock, account: accountId = '123456789012', region = 'us-east-1', onLog = () => undefined, ephemeral = false }: StartOptions,
  state: StateFolder,
  scratch: string,
  duckdb: DuckDBInstance,
  endpoint: () => string,
): Services {
  const iam = new Iam({ accountId, region });
  const sessions = new Sessions({ iam });
  const common = { clock, access: iam, region, accountId, onLog };
  const s3 = new S3({ root: state.objects, access: iam, clock, ephemeral });
  const kinesis = new Kinesis(common);
  const glue = new GlueCatalog({ clock, access: iam, account: accountId, region });
  const secrets = new Secrets(common, state.secrets);
  const lambda = new Lambda({
    ...common,
    endpoint,
    session: (roleArn, { arn, name }) => {
      const context = { 'aws:SourceAccount': accountId, 'aws:SourceArn': arn };
      return sessions.credentialsFor(
        sessions.sessionFor({ roleArn, service: 'lambda.amazonaws.com', context, sessionName: name }),
      );
    },
  });
  const converter = new ParquetConverter(duckdb, scratch);
  const firehose = new Firehose({
    ...common,
    objects: s3,
    kinesis,
    invoke: (caller, arn, event) => lambda.invoke(caller, arn, event),
    catalog: glue,
    convert: (input) => converter.convert(input),
    assume: (roleArn, deliveryStreamArn) =>
      sessions.sessionFor({
        roleArn,
        service: 'firehose.amazonaws.com',
        context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': deliveryStreamArn },
      }),
  });
  const athena = new Athena({ clock, catalog: glue, store: s3, access: iam, account: accountId, region, scratch, duckdb });
  return { accountId, region, iam, sessions, s3, kinesis, firehose, lambda, glue, athena, secrets };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
