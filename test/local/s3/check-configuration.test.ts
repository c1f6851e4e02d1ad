import { checkConfiguration } from '../../../local/s3/notifications/check-configuration.ts';
import type { AskedNotification } from '../../../local/s3/notifications/configuration.ts';
import { FUNCTION, TOPIC } from './notified.ts';

const asked = (rest: Partial<AskedNotification> = {}): AskedNotification => ({
  kind: 'function',
  arn: FUNCTION,
  events: ['s3:ObjectCreated:*'],
  filter: [],
  ...rest,
});
const check = (...notifications: AskedNotification[]) => checkConfiguration({ notifications, eventBridge: false }).notifications;
const prefix = (value: string) => ({ name: 'prefix', value });

test('what never comes here is taken, as AWS takes it', () => {
  const never = ['s3:Replication:*', 's3:ObjectAcl:Put', 's3:IntelligentTiering', 's3:ReducedRedundancyLostObject'];
  expect(check(asked({ events: never }))[0]?.events).toEqual(never);
});

test('an id is kept, and one that is missing or empty is made up, a different one for each', () => {
  const ids = check(
    asked({ id: 'mine' }),
    asked({ id: '', events: ['s3:ObjectTagging:*'] }),
    asked({ events: ['s3:ObjectRestore:*'] }),
  );
  expect(ids[0]?.id).toBe('mine');
  expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
});

test('one event may go to two destinations where no key is meant by both', () => {
  const topic = { kind: 'topic', arn: TOPIC } as const;
  expect(check(asked({ filter: [prefix('a/')] }), asked({ ...topic, filter: [prefix('b/')] }))).toHaveLength(2);
  expect(check(asked({ events: ['s3:ObjectCreated:Put'] }), asked({ ...topic, events: ['s3:ObjectCreated:Copy'] }))).toHaveLength(
    2,
  );
});

test.each<[string, readonly AskedNotification[], string]>([
  ['an id that two have', [asked({ id: 'x' }), asked({ id: 'x', events: ['s3:ObjectTagging:*'] })], 'IDs must be unique'],
  ['an id of 256 characters', [asked({ id: 'x'.repeat(256) })], 'limit of 255'],
  ['two prefixes', [asked({ filter: [prefix('a'), prefix('b')] })], 'Cannot specify more than one prefix rule in a filter.'],
  ['a prefix of 1,025 bytes', [asked({ filter: [prefix('ä'.repeat(513))] })], 'cannot exceed 1024 bytes'],
  ['no event', [asked({ events: [] })], 'not well-formed'],
  ['a topic in the place of a function', [asked({ arn: TOPIC })], 'The ARN could not be parsed'],
  ['an overlap between a topic and a function', [asked(), asked({ kind: 'topic', arn: TOPIC })], 'Configurations overlap.'],
  ['a FIFO queue', [asked({ kind: 'queue', arn: 'arn:aws:sqs:us-east-1:123456789012:q.fifo' })], 'FIFO queues are not supported'],
  ['a FIFO topic', [asked({ kind: 'topic', arn: 'arn:aws:sns:us-east-1:123456789012:t.fifo' })], 'FIFO topics are not supported'],
])('fails for %s', (_what, notifications, words) => {
  expect(() => check(...notifications)).toThrow(words);
});
