import { DynamoRig, arnOf } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { API, GUIDE, RECORDED, STREAMS } from './sources.ts';

interface StreamRecord {
  readonly eventName: string;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly SequenceNumber: string };
  readonly userIdentity?: object;
}

const StreamArn = `${arnOf('items')}/stream/2001-01-01T00:00:00.000`;

async function streaming(StreamViewType = 'NEW_AND_OLD_IMAGES'): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('items', ['id'], { StreamSpecification: { StreamEnabled: true, StreamViewType } });
  return rig;
}

async function shardOf(rig: DynamoRig): Promise<string> {
  const { StreamDescription } = await rig.ask('DescribeStream', { StreamArn });
  return (StreamDescription as { Shards: { ShardId: string }[] }).Shards[0]?.ShardId ?? '';
}

async function iterator(rig: DynamoRig, more: object = { ShardIteratorType: 'TRIM_HORIZON' }): Promise<unknown> {
  return (await rig.ask('GetShardIterator', { StreamArn, ShardId: await shardOf(rig), ...more })).ShardIterator;
}

async function records(rig: DynamoRig, from?: object): Promise<readonly StreamRecord[]> {
  const { Records } = await rig.ask('GetRecords', { ShardIterator: await iterator(rig, from) });
  return Records as readonly StreamRecord[];
}

const fred = { id: { S: 'Fred' } };

export const dynamodbStreams: FactTable = {
  service: 'DynamoDB Streams',
  facts: [
    {
      says: 'a stream tells of inserts, changes and removals with their images, and of no write that changes nothing',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await streaming();
        await rig.put('items', fred);
        await rig.put('items', fred);
        await rig.put('items', { ...fred, name: { S: 'Fred' } });
        await rig.ask('DeleteItem', { TableName: 'items', Key: fred });
        const [first, ...rest] = await records(rig);
        expect(first).toEqual({
          awsRegion: 'us-east-1',
          dynamodb: {
            ApproximateCreationDateTime: 978307200,
            Keys: fred,
            NewImage: fred,
            SequenceNumber: expect.stringMatching(/^\d{21}$/) as string,
            SizeBytes: 12,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventID: expect.stringMatching(/^[\da-f]{32}$/) as string,
          eventName: 'INSERT',
          eventSource: 'aws:dynamodb',
          eventVersion: '1.1',
        });
        expect(rest.map(({ eventName, dynamodb }) => [eventName, dynamodb.SizeBytes])).toEqual([
          ['MODIFY', 26],
          ['REMOVE', 20],
        ]);
      },
    },
    {
      says: 'a view holds the images that it is called after, keys always',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        for (const [view, images] of [
          ['KEYS_ONLY', []],
          ['NEW_IMAGE', ['NewImage']],
          ['OLD_IMAGE', ['OldImage']],
        ] as const) {
          const rig = await streaming(view);
          await rig.put('items', fred);
          await rig.put('items', { ...fred, n: { N: '1' } });
          const [, { dynamodb } = { dynamodb: {} }] = await records(rig);
          expect(Object.keys(dynamodb).filter((name) => name.endsWith('Image'))).toEqual(images);
        }
      },
    },
    {
      says: 'a transaction’s writes come in its order',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = await streaming('KEYS_ONLY');
        const Put = (S: string) => ({ Put: { TableName: 'items', Item: { id: { S } } } });
        await rig.ask('TransactWriteItems', { TransactItems: [Put('b'), Put('a')] });
        expect((await records(rig)).map(({ dynamodb }) => dynamodb.Keys)).toEqual([{ id: { S: 'b' } }, { id: { S: 'a' } }]);
      },
    },
    {
      says: 'an item that has expired is removed by the service',
      basis: 'documented',
      source: `${GUIDE}/time-to-live-ttl-streams.html`,
      holds: async () => {
        const rig = await streaming();
        await rig.ask('UpdateTimeToLive', {
          TableName: 'items',
          TimeToLiveSpecification: { AttributeName: 'end', Enabled: true },
        });
        await rig.put('items', { ...fred, end: { N: '978307210' } });
        await rig.clock.advance(10_000);
        expect((await records(rig))[1]).toMatchObject({
          eventName: 'REMOVE',
          userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
        });
      },
    },
    {
      says: 'iterators begin at the oldest record, behind the newest, at a record or behind it, and go on where they ended',
      basis: 'documented',
      source: `${API}/API_streams_GetShardIterator.html`,
      holds: async () => {
        const rig = await streaming('KEYS_ONLY');
        for (const S of ['a', 'b', 'c']) await rig.put('items', { id: { S } });
        const [, second] = await records(rig);
        const from = async (ShardIteratorType: string) =>
          (await records(rig, { ShardIteratorType, SequenceNumber: second?.dynamodb.SequenceNumber })).length;
        expect([await from('AT_SEQUENCE_NUMBER'), await from('AFTER_SEQUENCE_NUMBER')]).toEqual([2, 1]);
        expect(await records(rig, { ShardIteratorType: 'LATEST' })).toEqual([]);
        const page = await rig.ask('GetRecords', { ShardIterator: await iterator(rig), Limit: 2 });
        expect(page.Records).toHaveLength(2);
        expect((await rig.ask('GetRecords', { ShardIterator: page.NextShardIterator })).Records).toHaveLength(1);
      },
    },
    {
      says: 'a record is kept for 24 hours, an iterator for 15 minutes',
      basis: 'documented',
      source: `${GUIDE}/Streams.html`,
      holds: async () => {
        const rig = await streaming();
        await rig.put('items', fred);
        const old = await iterator(rig);
        await rig.clock.advance(15 * 60_000 + 1);
        expect(await rig.refusal('GetRecords', { ShardIterator: old })).toMatchObject({ code: 'ExpiredIteratorException' });
        expect(await records(rig)).toHaveLength(1);
        await rig.clock.advance(24 * 3_600_000);
        expect(await records(rig)).toEqual([]);
      },
    },
    {
      says: 'a stream that is disabled can be read to its end, and no further',
      basis: 'documented',
      source: `${GUIDE}/Streams.html`,
      holds: async () => {
        const rig = await streaming();
        await rig.put('items', fred);
        await rig.ask('UpdateTable', { TableName: 'items', StreamSpecification: { StreamEnabled: false } });
        await rig.put('items', { id: { S: 'other' } });
        const page = await rig.ask('GetRecords', { ShardIterator: await iterator(rig) });
        expect(page.Records).toHaveLength(1);
        expect(page).not.toHaveProperty('NextShardIterator');
        expect(await rig.ask('DescribeStream', { StreamArn })).toMatchObject({ StreamDescription: { StreamStatus: 'DISABLED' } });
      },
    },
    {
      says: 'a stream that is not there is refused by its ARN',
      basis: 'observed',
      source: STREAMS,
      holds: async () => {
        const rig = await streaming();
        const none = `${arnOf('items')}/stream/2024-11-18T14:36:44.149`;
        expect(await rig.refusal('DescribeStream', { StreamArn: none })).toEqual({
          code: 'ResourceNotFoundException',
          message: `Requested resource not found: Stream: ${none} not found`,
        });
        expect(await rig.ask('ListStreams', { TableName: 'items' })).toEqual({
          Streams: [{ StreamArn, StreamLabel: '2001-01-01T00:00:00.000', TableName: 'items' }],
        });
      },
    },
  ],
};
