import { vi } from 'vitest';
import { CloudWatchClient, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { SimulatedClock } from '../../../local/clock.ts';
import { isMeasured, MEASURED } from '../../../local/cloudwatch/measured.ts';
import type { Measure } from '../../../local/cloudwatch/metric.ts';
import { GOOD, ODD } from '../../../prove/nothing-lost/input/inputs.ts';
import { Assembly } from '../../../prove/nothing-lost/lake/assembly.ts';
import { Producer } from '../../../prove/nothing-lost/lake/producer.ts';
import { Session } from '../../../prove/nothing-lost/lake/session.ts';
import { SqsRig, type Got } from '../sqs/rig.ts';
import { definition, pass, states } from '../step-functions/rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Of what stands not in dev, or is not started by itself. */
const NONE_IN_DEV = ['AWS/DynamoDB', 'AWS/Events', 'AWS/SQS', 'AWS/Scheduler', 'AWS/States'];

/** What is measured of event source mappings, and of functions that nobody waits for: dev has none. */
const NOT_OF_DEV = [
  'AsyncEventAge',
  'AsyncEventsDropped',
  'AsyncEventsReceived',
  'DeadLetterErrors',
  'DestinationDeliveryFailures',
  'IteratorAge',
  'RecursiveInvocationsDropped',
];

test('what is measured, once events have gone through everything, is what the list says', async () => {
  const assembly = new Assembly(['scans']);
  const session = await Session.open(assembly);
  try {
    const records = new Producer(session, 'm').compose([GOOD, ...ODD.slice(0, 3)], { perRecord: 1, neighbours: false });
    const Records = records.map(({ data }, index) => ({ Data: data, PartitionKey: String(index) }));
    await session.kinesis.send(new PutRecordsCommand({ StreamName: session.dataset().intake.name, Records }));
    await session.clock.advance(3_600_000);
    const { endpoint, region, credentials } = session.kinesis.config;
    const place = await endpoint?.();
    const client = new CloudWatchClient({
      endpoint: `http://${place?.hostname ?? ''}:${place?.port ?? ''}`,
      region,
      credentials: await credentials(),
    });
    const found = new Map<string, Set<string>>();
    for await (const { Metrics = [] } of paginateListMetrics({ client }, {})) {
      for (const { Namespace = '', MetricName = '' } of Metrics)
        found.set(Namespace, (found.get(Namespace) ?? new Set()).add(MetricName));
    }
    client.destroy();
    const names = (namespace: string): readonly string[] => [...(found.get(namespace) ?? [])].sort();
    const ofServices = Object.keys(MEASURED).filter((namespace) => !NONE_IN_DEV.includes(namespace));
    const listed = (namespace: string) => MEASURED[namespace]?.filter((name) => !NOT_OF_DEV.includes(name));
    for (const namespace of ofServices) expect([namespace, names(namespace)]).toEqual([namespace, listed(namespace)]);
    expect([...found.keys()].sort()).toEqual([...ofServices, 'Headwaters'].sort());
    expect(names('Headwaters')).toEqual(expect.arrayContaining(['AcceptedEvents', 'QuarantinedEvents']));
  } finally {
    await session.close();
    assembly.remove();
  }
});

test('what queues and executions measure is what the list says', async () => {
  const clock = new SimulatedClock(0);
  const found = new Map<string, Set<string>>();
  const measure: Measure = (namespace, _dimensions, values) => {
    for (const name of Object.keys(values)) found.set(namespace, (found.get(namespace) ?? new Set()).add(name));
  };
  const sqs = new SqsRig({ clock, measure });
  const { QueueUrl } = await sqs.ask('CreateQueue', { QueueName: 'jobs' });
  await sqs.ask('SendMessage', { QueueUrl, MessageBody: 'one' });
  const { Messages } = (await sqs.ask('ReceiveMessage', { QueueUrl })) as unknown as { readonly Messages: readonly Got[] };
  await sqs.ask('DeleteMessage', { QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
  await sqs.ask('ReceiveMessage', { QueueUrl });
  await clock.advance(60_000);

  const machine = states(
    definition(
      { Wait: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'End' }, End: pass() },
      { TimeoutSeconds: 60 },
    ),
    { measure },
  );
  await machine.begin({ seconds: 30 });
  await machine.begin({ seconds: 90 });
  await machine.begin({ seconds: 'many' });
  const aborted = await machine.begin({ seconds: 30 });
  await machine.clock.advance(1_000);
  await machine.send('StopExecution', { executionArn: aborted });
  await machine.clock.advance(60_000);
  for (const namespace of ['AWS/SQS', 'AWS/States'])
    expect([namespace, [...(found.get(namespace) ?? [])].sort()]).toEqual([namespace, MEASURED[namespace]]);
});

test.each([
  ['AWS/Kinesis', 'IncomingRecords', true],
  ['AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', false],
  ['AWS/S3', 'ReplicationLatency', false],
  ['Headwaters', 'AcceptedEvents', true],
])('%s %s is measured: %p', (namespace, name, measured) => {
  expect(isMeasured({ namespace, name })).toBe(measured);
});
