import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFilterPolicy } from '../../../../local/sns/filter-policy.ts';
import { attribute, batch, FIFO, TOPIC, topics } from '../../sns/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const SNS = recorded('sns/test_sns');
const GUIDE = 'https://docs.aws.amazon.com/sns/latest/dg';
const INVALID = '400 InvalidParameter: Invalid parameter: ';
const MINUTES = 60_000;
const BY_CONTENT = { ContentBasedDeduplication: 'true' };

interface Answer {
  readonly MessageId: string;
  readonly SequenceNumber: string;
}

/** A FIFO topic to which a queue subscribes. */
function fifo(settings: Readonly<Record<string, string>> = {}) {
  const rig = topics(settings);
  rig.subscribe({ protocol: 'sqs' }, FIFO);
  const publish = (Message: string, MessageGroupId: string, more: Readonly<Record<string, string>> = {}) =>
    rig.ask('Publish', { TopicArn: FIFO, Message, MessageGroupId, ...more }) as Answer;
  return { ...rig, publish, bodies: () => rig.told.map(({ notice }) => notice.message) };
}

/** FIFO topics, as clients publish to them. */
export const snsFifo: FactTable = {
  service: 'SNS, FIFO topics',
  facts: [
    {
      says: 'a message to a FIFO topic needs its group, and an id of deduplication unless the topic goes by content; one to a standard topic has no such id',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { refusal } = topics({});
        const to = (TopicArn: string, more: object = {}) => refusal('Publish', { TopicArn, Message: 'test', ...more });
        const noGroup = `${INVALID}The MessageGroupId parameter is required for FIFO topics`;
        const noId = `${INVALID}The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly`;
        expect(to(FIFO)).toBe(noGroup);
        expect(to(FIFO, { MessageGroupId: 'g' })).toBe(noId);
        expect(to(FIFO, { MessageGroupId: 'g', MessageDeduplicationId: 'd' })).toBe('taken');
        expect(to(TOPIC, { MessageDeduplicationId: 'd' })).toBe(
          `${INVALID}MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type`,
        );
        const inBatch = (entry: object) => refusal('PublishBatch', batch([{ Id: '1', Message: 'test', ...entry }], FIFO));
        expect([inBatch({}), inBatch({ MessageGroupId: 'g' })]).toEqual([noGroup, noId]);
        expect(inBatch({ Message: '{"sqs":"x"}', MessageStructure: 'json' })).toBe(
          `${INVALID}Message Structure - No default entry in JSON message body`,
        );
      },
    },
    {
      says: 'Publish and PublishBatch answer a sequence number of 20 digits, which grows with each message',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { publish, ask } = fifo(BY_CONTENT);
        const first = publish('one', 'g').SequenceNumber;
        const entries = ['two', 'three'].map((Message, n) => ({ Id: String(n), Message, MessageGroupId: 'g' }));
        const { Successful } = ask('PublishBatch', batch(entries, FIFO)) as { Successful: { member: Answer[] } };
        const numbers = [first, ...Successful.member.map(({ SequenceNumber }) => SequenceNumber)];
        expect(numbers).toEqual([...numbers].sort());
        expect(new Set(numbers).size).toBe(3);
        for (const number of numbers) expect(number).toMatch(/^1\d{19}$/);
      },
    },
    {
      says: 'a message with an id that the topic knows is answered as the first one, and told to nobody',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { publish, bodies } = fifo();
        const first = publish('one', 'g', { MessageDeduplicationId: 'd' });
        expect(publish('other', 'g', { MessageDeduplicationId: 'd' })).toEqual(first);
        expect(bodies()).toEqual(['one']);
      },
    },
    {
      says: 'an id is known for five minutes',
      basis: 'documented',
      source: `${GUIDE}/fifo-message-dedup.html`,
      holds: () => {
        const { publish, bodies, time } = fifo();
        const send = () => publish('one', 'g', { MessageDeduplicationId: 'd' });
        send();
        time.now = 5 * MINUTES - 1;
        send();
        expect(bodies()).toHaveLength(1);
        time.now = 5 * MINUTES;
        send();
        expect(bodies()).toHaveLength(2);
      },
    },
    {
      says: 'by content the id is the SHA-256 of the message, attributes aside, across all groups',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { publish, told } = fifo(BY_CONTENT);
        publish('Test', 'message-group-id-1');
        publish('Test', 'message-group-id-2', attribute({ DataType: 'String', StringValue: 'x' }));
        expect(told.map(({ notice }) => notice.deduplicationId)).toEqual([
          '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
        ]);
      },
    },
    {
      says: 'with a FifoThroughputScope of MessageGroup an id counts within its group',
      basis: 'documented',
      source: `${GUIDE}/fifo-high-throughput.html`,
      holds: () => {
        const { publish, bodies } = fifo({ ...BY_CONTENT, FifoThroughputScope: 'MessageGroup' });
        for (const group of ['a', 'b', 'a']) publish('Test', group);
        expect(bodies()).toEqual(['Test', 'Test']);
      },
    },
    {
      says: 'a topic tells that it is FIFO, and whether it goes by content; a standard one says nothing of it',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const attributes = (TopicArn: string, settings = {}) => {
          const { Attributes } = topics(settings).ask('GetTopicAttributes', { TopicArn }) as {
            Attributes: { entry: { key: string; value: string }[] };
          };
          return Object.fromEntries(Attributes.entry.map(({ key, value }) => [key, value]));
        };
        expect(attributes(FIFO)).toMatchObject({ FifoTopic: 'true', ContentBasedDeduplication: 'false' });
        expect(attributes(FIFO, BY_CONTENT)).toMatchObject({ ContentBasedDeduplication: 'true' });
        expect(attributes(FIFO)).not.toHaveProperty('FifoThroughputScope');
        expect(attributes(TOPIC)).not.toHaveProperty('FifoTopic');
      },
    },
    {
      says: 'filters hold for FIFO topics as for others: what one does not mean is taken, and told to the rest',
      basis: 'documented',
      source: `${GUIDE}/fifo-message-filtering.html`,
      holds: () => {
        const { publish, subscribe, told } = fifo(BY_CONTENT);
        subscribe(
          { protocol: 'sqs', endpoint: 'filtered', accepts: parseFilterPolicy({ attr1: ['x'] }, 'MessageAttributes') },
          FIFO,
        );
        publish('one', 'g');
        publish('two', 'g', attribute({ DataType: 'String', StringValue: 'x' }));
        expect(told.filter(({ to }) => to.endpoint === 'filtered').map(({ notice }) => notice.message)).toEqual(['two']);
        expect(told).toHaveLength(3);
      },
    },
    {
      says: 'ids of groups and of deduplication have 128 characters at most, letters, digits and punctuation; the words are a guess',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html',
      holds: () => {
        const { refusal } = topics(BY_CONTENT);
        const send = (more: object) => refusal('Publish', { TopicArn: FIFO, Message: 'x', MessageGroupId: 'g', ...more });
        const rule = 'Reason: must be 1 to 128 letters, digits and signs of punctuation';
        for (const wrong of ['', 'a b', 'x'.repeat(129)]) {
          expect(send({ MessageGroupId: wrong })).toBe(`${INVALID}MessageGroupId ${rule}`);
          expect(send({ MessageDeduplicationId: wrong })).toBe(`${INVALID}MessageDeduplicationId ${rule}`);
        }
        expect(send({ MessageGroupId: 'x!"#$%&()*+,-./:;<=>?@[]^_`{|}~' })).toBe('taken');
      },
    },
    {
      says: 'what a topic knows outlives a stop here: the next message has a higher number, and a known id is known',
      basis: 'undecided',
      source: `${GUIDE}/fifo-message-dedup.html`,
      holds: () => {
        const folder = mkdtempSync(path.join(tmpdir(), 'topics-'));
        const [one, next] = [fifo(BY_CONTENT), fifo(BY_CONTENT)];
        const first = one.publish('one', 'g');
        one.service.save(folder);
        next.service.restore(folder);
        expect(next.publish('one', 'g')).toEqual(first);
        const second = next.publish('two', 'g');
        expect(BigInt(second.SequenceNumber)).toBeGreaterThan(BigInt(first.SequenceNumber));
        expect(next.bodies()).toEqual(['two']);
      },
    },
  ],
};
