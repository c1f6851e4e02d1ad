import { Inbox } from '../../../local/cloudformation/inbox.ts';
import { asTexts } from '../../../local/cloudformation/request.ts';
import { resource, rig, TOKEN, type Event } from './rig.ts';

const kinds = (events: readonly Event[]) =>
  events.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId]);

test('a resource is created once, and asked for again only when its properties change', async () => {
  const { deploy, events } = rig(({ ResourceProperties }) => ({ Data: ResourceProperties as object }));
  expect(await deploy(resource({ rows: '1' }))).toMatchObject([{ physicalId: 'seed-1', data: { rows: '1' } }]);
  expect(await deploy(resource({ rows: '1' }))).toMatchObject([{ physicalId: 'seed-1', data: { rows: '1' } }]);
  expect(await deploy(resource({ rows: '2' }))).toMatchObject([{ physicalId: 'seed-1', data: { rows: '2' } }]);
  expect(kinds(events)).toEqual([
    ['Create', undefined],
    ['Update', 'seed-1'],
  ]);
  expect(events[1]).toMatchObject({
    ServiceToken: TOKEN,
    LogicalResourceId: 'Seed',
    ResourceType: 'Custom::Seed',
    ResourceProperties: { ServiceToken: TOKEN, rows: '2' },
    OldResourceProperties: { ServiceToken: TOKEN, rows: '1' },
  });
});

test('a new physical id replaces the resource: the old one is deleted once all is made', async () => {
  const { deploy, events } = rig(({ ResourceProperties }) => ({
    PhysicalResourceId: `seed of ${(ResourceProperties as { rows?: string }).rows ?? ''}`,
  }));
  const other = resource({ rows: '9' }, { logicalId: 'Other' });
  await deploy(resource({ rows: '1' }), other);
  await deploy(resource({ rows: '2' }), resource({ rows: '8' }, { logicalId: 'Other' }));
  expect(kinds(events).slice(2)).toEqual([
    ['Update', 'seed of 1'],
    ['Update', 'seed of 9'],
    ['Delete', 'seed of 9'],
    ['Delete', 'seed of 1'],
  ]);
  expect(events[5]).toMatchObject({ ResourceProperties: { rows: '1' } });
});

test('what a deployed template no longer has is deleted once, unless it is retained', async () => {
  const { deploy, events } = rig();
  await deploy(resource(), resource({}, { logicalId: 'Kept', retention: { whenRemoved: true, whenReplaced: false } }));
  await deploy();
  await deploy();
  expect(events.slice(2)).toMatchObject([{ RequestType: 'Delete', LogicalResourceId: 'Seed' }]);
});

test('what stands in stacks that are not deployed stays, and is remembered', async () => {
  const { deploy, deployAs, events } = rig();
  const other = resource({}, { stack: 'Other', logicalId: 'There' });
  await deployAs({ stacks: ['Stack', 'Other'] }, resource(), other);
  await deploy(resource());
  await deployAs({ stacks: ['Stack', 'Other'] }, resource(), other);
  expect(kinds(events)).toEqual([
    ['Create', undefined],
    ['Create', undefined],
  ]);
});

test('what an update replaces stays where its template says so', async () => {
  const retention = { whenRemoved: false, whenReplaced: true };
  const { deploy, events } = rig(({ ResourceProperties }) => ({
    PhysicalResourceId: `seed of ${(ResourceProperties as { rows?: string }).rows ?? ''}`,
  }));
  await deploy(resource({ rows: '1' }, { retention }));
  await deploy(resource({ rows: '2' }, { retention }));
  expect(kinds(events)).toEqual([
    ['Create', undefined],
    ['Update', 'seed of 1'],
  ]);
});

test('who only looks asks nobody: what was answered counts, and what never was is refused', async () => {
  const { deploy, deployAs, events } = rig(() => ({ Data: { rows: 1 } }));
  await deploy(resource({ rows: '1' }));
  expect(await deployAs({ ephemeral: true }, resource({ rows: '2' }))).toMatchObject([{ data: { rows: 1 } }]);
  await deployAs({ ephemeral: true });
  await expect(deployAs({ ephemeral: true }, resource({}, { logicalId: 'New' }))).rejects.toThrow(
    'it was never made: start the platform',
  );
  expect(events).toHaveLength(1);
});

test('what cannot be deleted is left, and the log says so', async () => {
  const { deploy, lines } = rig(({ RequestType }) => (RequestType === 'Delete' ? { Status: 'FAILED', Reason: 'no' } : {}));
  await deploy(resource());
  await deploy();
  expect(lines).toEqual([
    expect.stringMatching(
      /^Stack\.Seed \(Custom::Seed\) is no more in the template, and was not deleted: .*Message returned: no /,
    ),
  ]);
});

test('nor can it be deleted where its function went with it', async () => {
  const { deploy, lines, functions } = rig();
  await deploy(resource());
  functions.clear();
  await deploy();
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`was not deleted: Function not found: ${TOKEN}.*; .* stays here until the state is reset$`)),
  ]);
});

test('another function cannot take a resource over', async () => {
  const { deploy } = rig();
  await deploy(resource());
  await expect(deploy(resource({}, { serviceToken: `${TOKEN}-2` }))).rejects.toThrow('Modifying service token is not allowed.');
});

test('another type of the same name is refused', async () => {
  const { deploy } = rig();
  await deploy(resource());
  await expect(deploy(resource({}, { type: 'Custom::Other' }))).rejects.toThrow(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Seed]',
  );
});

test('a function that fails is invoked thrice, and then nobody has answered', async () => {
  const { deploy, events } = rig(() => undefined);
  await expect(deploy(resource())).rejects.toThrow(
    /^CloudFormation did not receive a response from your Custom Resource\. Please check your logs for requestId \[[\w-]{36}\]; its function failed with Error: no$/,
  );
  expect(kinds(events)).toEqual(Array.from({ length: 3 }, () => ['Create', undefined]));
  expect(new Set(events.map(({ RequestId }) => RequestId)).size).toBe(1);
});

test('an answer may come later: the clock moves to what is under way, and no further than the timeout', async () => {
  const { deploy, events, clock, put } = rig(() => ({ silent: true }));
  clock.at(20_000, () => void put(events[0] ?? fail(), { Data: { late: true } }));
  expect(await deploy(resource())).toMatchObject([{ data: { late: true } }]);
  expect(clock.now()).toBe(20_000);
  clock.at(31_000, () => void put(events[1] ?? fail(), {}));
  await expect(deploy(resource({ rows: '2' }, { timeout: 10 }))).rejects.toThrow('did not receive a response');
  expect(clock.now()).toBe(20_000);
});

const fail = (): never => {
  throw new Error('nothing was asked for');
};

test('an answer is taken where it was asked for, and once it is there nowhere', async () => {
  const { deploy, events, put } = rig();
  await deploy(resource());
  expect(put(events[0] ?? fail(), {})).toBe(false);
  expect(new Inbox('eu-central-1').host).toBe('cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com');
});

test('numbers and truth values become texts, however deep', () => {
  expect(asTexts({ a: 1, b: true, c: ['x', 2.5, { d: false }], e: '' })).toEqual({
    a: '1',
    b: 'true',
    c: ['x', '2.5', { d: 'false' }],
    e: '',
  });
});
