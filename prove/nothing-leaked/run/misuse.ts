import { AthenaClient } from '@aws-sdk/client-athena';
import { PutRecordCommand as PutToDelivery } from '@aws-sdk/client-firehose';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ask } from '../../../cli/platform/ask.ts';
import { putOnce, type Intake, type PutClients } from '../../../cli/platform/intake.ts';
import { ENVIRONMENT } from '../../../cli/platform/names.ts';
import { assume } from '../../../cli/platform/session.ts';
import type { KnownEvents } from '../values/known-events.ts';
import type { LiveRun } from './live-run.ts';
import { misreadings } from './probes.ts';

/** More bytes than a stream or a delivery takes in a record. */
const TOO_LARGE = 12 * 1024 * 1024;

/** Calls that are refused with somebody's value in them, and originals read under tables that do not fit them by who may do anything. */
export async function misuse(run: LiveRun): Promise<void> {
  for (const known of run.given) {
    await putWrongly(run, known);
    await readWrongly(run, known);
  }
}

async function putWrongly(
  run: LiveRun,
  { dataset, keys: [key = ''], accepted: [event = Buffer.alloc(1)] }: KnownEvents,
): Promise<void> {
  const { platform, place } = run;
  const { producerRoleArn, stewardRoleArn, intake } = platform.dataset(dataset);
  const producer = await assume(place, producerRoleArn, 'producer');
  for (const command of wrongPuts(intake, event, key)) await run.attempt(() => command(producer));
  producer.close();
  for (const role of [platform.analystRoleArn, stewardRoleArn]) {
    const stranger = await assume(place, role, 'stranger');
    await run.attempt(() => putOnce(stranger, intake, [{ Data: Buffer.from(event), PartitionKey: key }]));
    stranger.close();
  }
}

/** Puts that break a rule, each with somebody's value in it. */
function wrongPuts({ kind, name }: Intake, event: Uint8Array, key: string): readonly ((by: PutClients) => Promise<unknown>)[] {
  if (kind === 'delivery') {
    const lawful = { DeliveryStreamName: name, Record: { Data: event } };
    return [
      { ...lawful, Record: { Data: Buffer.alloc(TOO_LARGE, event) } },
      { ...lawful, DeliveryStreamName: 'of-somebody-else' },
    ].map(
      (input) =>
        ({ firehose }) =>
          firehose.send(new PutToDelivery(input)),
    );
  }
  const lawful = { StreamName: name, Data: event, PartitionKey: key };
  return [
    { ...lawful, PartitionKey: key.repeat(40) },
    { ...lawful, ExplicitHashKey: key },
    { ...lawful, Data: Buffer.alloc(TOO_LARGE, event) },
    { ...lawful, StreamName: 'of-somebody-else' },
  ].map(
    (input) =>
      ({ kinesis }) =>
        kinesis.send(new PutRecordCommand(input)),
  );
}

async function readWrongly(run: LiveRun, { dataset }: KnownEvents): Promise<void> {
  const { platform, place } = run;
  const { endpoint, region, operator } = place;
  const athena = new AthenaClient({ endpoint, region, credentials: operator });
  for (const zone of ['raw', 'quarantine'] as const) {
    const location = `s3://${platform.bucket(zone)}/${platform.dataset(dataset).prefix}`;
    const { begin, questions, end } = misreadings(ENVIRONMENT, dataset.domain, `${dataset.name}_${zone}`, location);
    const question = (sql: string) => run.attempt(() => ask(athena, platform.workGroup, sql));
    await question(begin);
    await Promise.all(run.chosen(questions).map(question));
    await question(end);
  }
  athena.destroy();
}
