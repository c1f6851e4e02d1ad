import { jest } from '@jest/globals';
import { CloudWatchClient, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { isMeasured, MEASURED } from '../../../local/cloudwatch/measured.ts';
import { GOOD, ODD } from '../../../prove/nothing-lost/input/inputs.ts';
import { Assembly } from '../../../prove/nothing-lost/lake/assembly.ts';
import { Producer } from '../../../prove/nothing-lost/lake/producer.ts';
import { Session } from '../../../prove/nothing-lost/lake/session.ts';

jest.setTimeout(60_000);

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
    await session.kinesis.send(new PutRecordsCommand({ StreamName: session.dataset().streamName, Records }));
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
    const ofServices = Object.keys(MEASURED).filter((namespace) => !['AWS/Events', 'AWS/Scheduler'].includes(namespace)); // no rule and no schedule stands in dev
    const listed = (namespace: string) => MEASURED[namespace]?.filter((name) => !NOT_OF_DEV.includes(name));
    for (const namespace of ofServices) expect([namespace, names(namespace)]).toEqual([namespace, listed(namespace)]);
    expect([...found.keys()].sort()).toEqual([...ofServices, 'Headwaters'].sort());
    expect(names('Headwaters')).toEqual(expect.arrayContaining(['AcceptedEvents', 'QuarantinedEvents']));
  } finally {
    await session.close();
    assembly.remove();
  }
});

test.each([
  ['AWS/Kinesis', 'IncomingRecords', true],
  ['AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', false],
  ['AWS/S3', 'ReplicationLatency', false],
  ['Headwaters', 'AcceptedEvents', true],
])('%s %s is measured: %p', (namespace, name, measured) => {
  expect(isMeasured({ namespace, name })).toBe(measured);
});
