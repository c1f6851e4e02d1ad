import { notifyDestinations } from '../../../local/s3/index.ts';
import { ServiceError } from '../../../local/service.ts';
import { bucketNamed } from './lake.ts';
import { FUNCTION } from './notified.ts';

const bucket = bucketNamed('lake');
const notification = { id: 'mine', kind: 'function', arn: FUNCTION, events: ['s3:ObjectCreated:*'], filter: [] } as const;

/** Destinations of a deployment that has not come to the function yet. */
function rig() {
  const functions = new Set<string>();
  const [told, lines]: [unknown[], string[]] = [[], []];
  const destinations = notifyDestinations({
    ephemeral: false,
    accountId: '123456789012',
    topics: { has: () => false, publish: () => ({ messageId: '' }) },
    queues: { find: () => undefined, send: () => ({ id: '' }) },
    lambda: () => ({
      has: (arn) => functions.has(arn),
      strangeRuntime: () => undefined,
      enqueueFor: (service, arn, event) => {
        if (!functions.has(arn)) throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
        told.push([service.service, service.sourceArn, event]);
      },
    }),
    check: () => undefined,
    now: () => 0,
    onLog: ({ message }) => lines.push(message),
  });
  return { functions, told, lines, destinations };
}

test('what happens before the function is there waits until all is', () => {
  const { functions, told, lines, destinations } = rig();
  destinations.tell(bucket, notification, { first: true });
  functions.add(FUNCTION);
  destinations.open();
  destinations.tell(bucket, notification, { first: false });
  expect(told).toEqual([
    ['s3.amazonaws.com', 'arn:aws:s3:::lake', { first: true }],
    ['s3.amazonaws.com', 'arn:aws:s3:::lake', { first: false }],
  ]);
  expect(lines).toEqual([]);
});

test('who is not there when all is is not notified, and the log says so', () => {
  const { told, lines, destinations } = rig();
  destinations.tell(bucket, notification, {});
  expect(lines).toEqual([]);
  destinations.open();
  expect(lines).toEqual([`${FUNCTION} was not notified: Function not found: ${FUNCTION}`]);
  expect(told).toEqual([]);
});
