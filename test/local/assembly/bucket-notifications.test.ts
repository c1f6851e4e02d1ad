import { bucketNotifications, standsIn } from '../../../local/assembly/types/bucket-notifications.ts';
import type { Change, Texts } from '../../../local/cloudformation/request.ts';
import { Sessions } from '../../../local/iam/index.ts';
import { bucketNamed, lakeWith } from '../s3/lake.ts';
import { FUNCTION, listeners, OTHER } from '../s3/notified.ts';
import { resource, TOKEN } from '../cloudformation/rig.ts';

const ROLE = 'arn:aws:iam::123456789012:role/handler';
const type = 'Custom::S3BucketNotifications';
const to = (LambdaFunctionArn: string, event: string, FilterRules?: Texts): Texts => ({
  LambdaFunctionArn,
  Events: [event],
  ...(FilterRules !== undefined && { Filter: { Key: { FilterRules } } }),
});
const functions = (...LambdaFunctionConfigurations: readonly Texts[]): Texts => ({ LambdaFunctionConfigurations });

/** A bucket, and CDK's function with a role that may do what is named; `ask` answers whom the bucket notifies then. */
function rig({ actions = ['s3:PutBucketNotification', 's3:GetBucketNotification'], runtime = 'python3.13' } = {}) {
  const { destinations } = listeners();
  const { iam, s3, remove } = lakeWith({}, { destinations });
  const Principal = { Service: 'lambda.amazonaws.com' };
  const trust = { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } };
  iam.addRole({ roleName: 'handler', path: '/', arn: ROLE, trust, policyArns: [] });
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } };
  iam.putRolePolicy({ roleName: 'handler', policyName: 'p', document });
  const present = new Set([TOKEN]);
  const own = bucketNotifications({
    accountId: '123456789012',
    s3,
    lambda: {
      has: (arn) => present.has(arn),
      roleOf: () => ROLE,
      strangeRuntime: () => (runtime.startsWith('nodejs') ? undefined : runtime),
    },
    sessions: new Sessions({ iam }),
  });
  const ask = (change: Change, configuration: Texts, rest: Record<string, Texts> = {}) => {
    const properties = { BucketName: 'lake', NotificationConfiguration: configuration, ...rest };
    own(resource(properties, { type }))?.(change);
    return s3.bucket('lake').notifications;
  };
  return { ask, own, present, s3, remove };
}

const CREATE = { kind: 'Create' } as const;
const DELETE = { kind: 'Delete', physicalId: 'Seed' } as const;
const UNMANAGED = { Managed: 'false' };

test('a bucket of the stack’s own has what the stack says, and nothing when that is gone', () => {
  const { ask, present, remove } = rig();
  const made = ask(CREATE, { ...(functions(to(FUNCTION, 's3:ObjectCreated:*')) as object), EventBridgeConfiguration: {} });
  expect(made).toMatchObject({ eventBridge: true, notifications: [{ kind: 'function', arn: FUNCTION }] });
  present.clear(); // the function is gone with its stack
  expect(ask(DELETE, functions())).toEqual({ eventBridge: false, notifications: [] });
  remove();
});

test('in a bucket of others, what others have put stays', () => {
  const { ask, remove } = rig();
  ask(CREATE, functions({ ...(to(OTHER, 's3:ObjectTagging:*') as object), Id: 'theirs' }));
  const names = [{ Name: 'suffix', Value: '.x' }, { Name: 'prefix', Value: 'in/' }]; // prettier-ignore
  const mine = functions(to(FUNCTION, 's3:ObjectCreated:*', names));
  const created = ask(CREATE, { ...(mine as object), EventBridgeConfiguration: {} }, UNMANAGED);
  expect(created.notifications.map(({ arn }) => arn)).toEqual([OTHER, FUNCTION]);
  expect(created.notifications[0]?.id).toBe('theirs');
  expect(created.notifications[1]?.id).toMatch(/^arn:aws:cloudformation:\S+\/Stack\/1-[0-9a-f]+$/);
  const next = functions(to(FUNCTION, 's3:ObjectRemoved:*'));
  const before = { NotificationConfiguration: mine };
  const updated = ask({ kind: 'Update', physicalId: 'Seed', before }, next, UNMANAGED);
  expect(updated.notifications.map(({ arn, events }) => [arn, ...events])).toEqual([
    [OTHER, 's3:ObjectTagging:*'],
    [FUNCTION, 's3:ObjectRemoved:*'],
  ]);
  const left = ask(DELETE, next, UNMANAGED);
  expect(left.notifications.map(({ arn }) => arn)).toEqual([OTHER]);
  expect(left.eventBridge).toBe(true);
  remove();
});

test('fails where the role of CDK’s function may not, or the destination does not let S3', () => {
  const denied = rig({ actions: ['s3:GetBucketNotification'] });
  expect(() => denied.ask(CREATE, functions())).toThrow('An error occurred (AccessDenied) when calling');
  const { ask, remove } = rig();
  expect(() => ask(CREATE, functions(to(`${FUNCTION}s`, 's3:ObjectCreated:*')))).toThrow(
    `Unable to validate the following destination configurations (ArgumentName1: ${FUNCTION}s, null, ArgumentValue1: Not authorized`,
  );
  expect(() => ask(CREATE, { Topics: [] })).toThrow('Parameter validation failed');
  denied.remove();
  remove();
});

test('a bucket that went with its stack needs no end of its notifications', () => {
  const { own, s3, remove } = rig();
  s3.createBucket(bucketNamed('other'));
  const gone = resource({ BucketName: 'gone', NotificationConfiguration: {} }, { type });
  expect(own(gone)?.(DELETE)).toEqual({ physicalId: 'Seed', data: {} });
  expect(() => own(gone)?.(CREATE)).toThrow('NoSuchBucket');
  remove();
});

test('a function that runs here makes the resource itself, and so does that of any other type', () => {
  const { own, remove } = rig({ runtime: 'nodejs22.x' });
  expect(own(resource({}, { type }))).toBeUndefined();
  expect(own(resource())).toBeUndefined();
  expect(standsIn({ type }, 'container image')).toBe(false);
  expect(standsIn({ type: 'Custom::Seed' }, 'python3.13')).toBe(false);
  remove();
});
