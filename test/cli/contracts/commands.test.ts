import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { stringify } from 'yaml';
import '../../../cli/contracts/render-meaning.ts'; // Jest cannot load for the first time what two imports ask for at once
import { contractDocument, schemaObject, type JsonDocument } from '../../support/contracts.ts';
import { builtCommand } from '../../support/built-command.ts';
import { TestProject } from '../../support/project.ts';
import { runHere } from '../../support/run-here.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FILE = 'energy/readings.odcs.yaml';
const yaml = (overrides: JsonDocument = {}): string => stringify(contractDocument(overrides));
const withColumn = (version: string, column: JsonDocument): string =>
  yaml({ version, schema: [schemaObject('readings', [column])] });

const MIGRATION =
  "MigrationNeeded: 'readings.counter' no longer fits what is stored since 1.2.3 (TypeChanged): from bigint to string";

let project: TestProject;
beforeEach(() => {
  project = new TestProject({ contracts: { [FILE]: yaml() } });
});
afterEach(() => {
  project.remove();
});

const contractsIn = (folder: string, ...args: readonly string[]) =>
  runHere(path.join(project.root, folder), ['contracts', ...args]);
const contracts = (...args: readonly string[]) => contractsIn('', ...args);
/** In a process of its own, whose exit code a shell gets. */
const spawned = (...args: readonly string[]) => project.headwaters('contracts', ...args);

test('check says what a contract causes', async () => {
  const { code, stdout, stderr } = await spawned('check');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const said of [
    'contracts/energy/readings.odcs.yaml: readings 1.2.3 (active), of energy@example.com',
    'is identified by reading_id, happened at measured_at, and is ordered by sequence; later than 2 days counts as late',
    'through its own stream in the stack Headwaters-dev-Domain-energy, since its events are promised sooner than in an hour; readable within 15 minutes, of which the delivery may hold it for 10 minutes',
    'keep1095-hot30-warm90-deep/energy/readings/',
    'Glacier Deep Archive',
    '/headwaters/dev/producer/',
    'customer_id: tokenize, stored is a token',
    'is one of gas, heat, power',
    'USD a month at list prices of 2024-07-01',
    'No effect here  schema.physicalType',
    '1.2.3, never released',
    '1 contract, 1 dataset, no fault;',
  ])
    expect(stdout).toContain(said);
});

test('check and explain say how events come in that are promised in an hour', async () => {
  const slaProperties = [
    { property: 'latency', value: 1, unit: 'h' },
    { property: 'retention', value: 3, unit: 'y' },
  ];
  project.write(`contracts/${FILE}`, yaml({ slaProperties }));
  const why = 'its events are promised in an hour or later, and one delivery takes its busiest seconds';
  const { stdout } = await contracts('check', '--env', 'prod');
  expect(stdout).toContain(
    `put straight into the delivery prod-energy-readings of the stack Headwaters-prod-Domain-energy, without a stream, since ${why}; readable within 1 hour, of which the delivery may hold it for 15 minutes`,
  );
  expect(stdout).toContain('with a stream of its own: ');
  expect(JSON.parse((await contracts('check', '--json')).stdout)).toMatchObject({
    contracts: [{ datasets: [{ delivery: { intake: { form: 'direct-put', deliveryStream: 'dev-energy-readings', why } } }] }],
  });
  expect(JSON.parse((await contracts('explain', 'readings', '--json')).stdout)).toMatchObject([
    { what: 'dataset', intake: { form: 'direct-put', why } },
  ]);
});

test.each([
  ['the project', '.', 0, /1 contract, 1 dataset, no fault/],
  ['its contracts', 'contracts', 0, /1 contract, 1 dataset, no fault/],
  ['a domain', 'contracts/energy', 0, /1 contract, 1 dataset, no fault/],
  ['a folder that holds none of them', 'sample', 1, /^NotAContractFile: 'sample' must end in/],
])('check takes %s', async (_, folder, code, said) => {
  project.write('sample/readings.ndjson', '{}\n');
  const checked = await contracts('check', folder);
  expect(checked.code).toBe(code);
  expect(checked.stdout + checked.stderr).toMatch(said);
});

test('check --json holds the same for programs', async () => {
  const { code, stdout } = await contracts('check', '--json', '--env', 'prod');
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({
    faults: [],
    contracts: [
      {
        source: 'contracts/energy/readings.odcs.yaml',
        version: '1.2.3',
        withoutEffect: ['schema.physicalType'],
        datasets: [{ name: 'energy.readings', delivery: { stack: 'Headwaters-prod-Domain-energy', bufferSeconds: 600 } }],
      },
    ],
  });
});

test('check fails with every fault of every file, for people and for programs', async () => {
  project.write(`contracts/${FILE}`, yaml({ version: '1', colour: 'red' }));
  project.write('contracts/water/wells.odcs.yml', yaml());
  const { code, stdout, stderr } = await spawned('check');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^contracts\/energy\/readings\.odcs\.yaml:5:10: InvalidShape: 'version' must be a version/) as string,
    expect.stringMatching(
      /^contracts\/energy\/readings\.odcs\.yaml:\d+:1: UnknownKey: 'colour' is no key of ODCS v3\.1/,
    ) as string,
    expect.stringMatching(/^contracts\/water\/wells\.odcs\.yml: NotAContractFile: /) as string,
  ]);
  const json = await contracts('check', '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    faults: [{ file: 'contracts/energy/readings.odcs.yaml', line: 5, column: 10, code: 'InvalidShape', path: 'version' }, {}, {}],
    contracts: [],
  });
});

const OUTAGES = 'contracts/energy/outages.odcs.yaml';
const outages = (overrides: JsonDocument = {}): string =>
  yaml({ id: 'energy-outages', dataProduct: 'outages', schema: [schemaObject('outages')], ...overrides });

test('check of one file shows that one, and judges it with the others', async () => {
  project.write(OUTAGES, outages());
  const { stdout } = await contracts('check', `contracts/${FILE}`);
  expect(stdout).toContain('energy.readings: One reading');
  expect(stdout).not.toContain('energy.outages');
  project.write(OUTAGES, outages({ schema: [schemaObject('readings')] }));
  expect((await contracts('check', `contracts/${FILE}`)).stderr).toContain('DatasetTwice');
});

test('a fault of another contract stops nothing that is done with this one, and is told', async () => {
  project.write(OUTAGES, outages({ version: '1' }));
  const { code, stdout } = await contracts('check', `contracts/${FILE}`);
  expect(code).toBe(0);
  expect(stdout).toContain(`${OUTAGES}: note: has 1 fault of its own, which stop a synth: check it too`);
  expect((await contracts('release', `contracts/${FILE}`)).code).toBe(0);
  expect((await contracts('explain', 'readings.kind')).code).toBe(0);
  expect((await contracts('check')).code).toBe(1);
});

test('a fault of another contract does not loosen what a release holds this one to', async () => {
  await contracts('release');
  project.write(OUTAGES, outages({ version: '1' }));
  project.write(`contracts/${FILE}`, withColumn('1.2.3', { name: 'colour', logicalType: 'string' }));
  const { code, stderr } = await contracts('release', `contracts/${FILE}`);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^contracts\/energy\/readings\.odcs\.yaml:5:10: ReleasedVersionChanged: /);
});

test('a contract that lies elsewhere is judged alone, and not released', async () => {
  await contracts('release');
  project.write('elsewhere.odcs.yaml', withColumn('1.2.4', { name: 'colour', logicalType: 'string', required: true }));
  const { code, stdout } = await contracts('check', 'elsewhere.odcs.yaml');
  expect(code).toBe(0);
  expect(stdout).toContain('since the released 1.2.3');
  expect(stdout).not.toContain('of its own');
  expect(await contracts('release', 'elsewhere.odcs.yaml')).toEqual({
    code: 1,
    stdout: '',
    stderr: "OutsideContracts: 'elsewhere.odcs.yaml' must lie in 'contracts/' to be released; move it to 'contracts/energy/'\n",
  });
  expect(existsSync(path.join(project.root, 'contracts/released/energy/readings@1.2.4.json'))).toBe(false);
});

test('several contracts have a line each, folders may be named, and the project is found from within', async () => {
  project.write(OUTAGES, outages());
  const several = await contracts('check', 'contracts/energy');
  expect(several.stdout).toMatch(/energy\.outages .*\n.*energy\.readings /);
  expect(several.stdout).toContain('2 contracts, 2 datasets, no fault');
  expect(several.stdout).not.toContain('Refused at the door');
  expect((await contracts('check', '--full')).stdout).toContain('Refused at the door');
  await contracts('release');
  const within = await contractsIn('contracts/energy', 'check', 'readings.odcs.yaml');
  expect(within.stdout).toContain('1.2.3, as released');
});

test('what is a draft, or has guesses to confirm, is noted by check and not released', async () => {
  project.write(`contracts/${FILE}`, yaml({ status: 'draft' }));
  expect((await contracts('check')).stdout).toContain(`contracts/${FILE}: note: its status is draft`);
  expect((await contracts('release')).stderr).toMatch(
    /^StillDraft: 'contracts\/energy\/readings\.odcs\.yaml' must not be a draft/,
  );
  project.write(`contracts/${FILE}`, `# confirm: whether\n${yaml()}`);
  expect((await contracts('check')).stdout).toContain(
    `contracts/${FILE}:1: note: 1 guess of 'contracts init' to confirm, the first here`,
  );
  expect((await contracts('release')).stderr).toMatch(/^StillDraft: 'contracts\/energy\/readings\.odcs\.yaml:1' must be settled/);
});

test('a personal column in clear is noted at each check, for programs too', async () => {
  const schema = [schemaObject('readings', [{ name: 'customer_phone', logicalType: 'string', tags: ['personal'] }])];
  project.write(`contracts/${FILE}`, yaml({ schema }));
  const { code, stdout } = await contracts('check');
  expect(code).toBe(0);
  expect(stdout).toContain(
    `contracts/${FILE}: note: PersonalInClear: 'readings.customer_phone' is marked 'personal' and has no protection, so it is stored`,
  );
  expect(JSON.parse((await contracts('check', '--json')).stdout)).toMatchObject({
    contracts: [{ notes: [{ code: 'PersonalInClear', path: 'readings.customer_phone' }] }],
  });
});

test('a freshness that no delivery reaches, and a volume that no account carries, are noted', async () => {
  const slaProperties = [
    { property: 'latency', value: 1, unit: 's' },
    { property: 'retention', value: 3, unit: 'y' },
  ];
  const schema = [schemaObject('readings', [], { expectedEventsPerDay: 60_000_000_000 })];
  project.write(`contracts/${FILE}`, yaml({ slaProperties, schema }));
  expect(JSON.parse((await contracts('check', '--json')).stdout)).toMatchObject({
    contracts: [{ notes: [{ code: 'FreshnessOutOfReach' }, { code: 'ShardsBeyondAccount' }] }],
  });
});

test('a record of slots that a synth will refuse is noted, for programs too', async () => {
  project.write('contracts/slots.json', '{"energy": {"gone": 1, "elsewhere": 2}}');
  expect((await contracts('check')).stdout).toContain(
    "contracts/slots.json: note: SlotsUnclear: 'energy' will stop a synth: 'contracts/slots.json' must tell which part of 'energy' holds energy.readings, ",
  );
  expect(JSON.parse((await contracts('check', '--json')).stdout)).toMatchObject({
    slots: [{ file: 'contracts/slots.json', code: 'SlotsUnclear', path: 'energy' }],
  });
});

test('a product keeps its releases when it is renamed or moved, and may not go without a word', async () => {
  await contracts('release');
  project.write(`contracts/${FILE}`, yaml({ dataProduct: 'renamed' }));
  expect((await contracts('check')).stderr).toMatch(/ReleasedVersionChanged: .* \(ProductChanged at contract\)/);
  project.write(`contracts/${FILE}`, yaml({ id: 'other', dataProduct: 'renamed' }));
  expect((await contracts('check')).stderr).toMatch(/ReleasedVersionChanged: .*ContractIdChanged at contract/);
  project.write(`contracts/${FILE}`, outages());
  expect((await contracts('check')).stderr).toBe(
    "contracts/released/energy/readings@1.2.3.json: ReleasedContractGone: must have a contract: 'energy/readings' 1.2.3 was released and no contract holds it; put it back, or release it once more with the status 'retired' before it goes\n",
  );
  project.write(`contracts/${FILE}`, yaml({ version: '1.2.4', status: 'retired' }));
  expect((await contracts('release')).code).toBe(0);
  project.write(`contracts/${FILE}`, outages());
  expect((await contracts('check')).code).toBe(0);
});

test('a reader who has seen enough is no error, and hides none', async () => {
  /** Runs a command whose output nobody reads. */
  const unread = async (...args: readonly string[]) => {
    const child = spawn(process.execPath, [builtCommand().command, 'contracts', ...args], {
      cwd: project.root,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, stderr };
  };
  expect(await unread('check')).toEqual({ code: 0, stderr: '' });
  await contracts('release');
  project.write(`contracts/${FILE}`, withColumn('1.2.3', { name: 'colour', logicalType: 'string' }));
  expect(await unread('diff')).toEqual({ code: 1, stderr: '' });
  expect(await unread('check', '--json')).toEqual({ code: 1, stderr: '' });
});

test.each([
  [['check', 'nowhere.yaml'], 'FileMissing'],
  [['check', 'cdk.json'], 'NotAContractFile'],
  [['release', '.headwaters'], 'FileMissing'],
  [['diff', 'contracts'], 'FileMissing'],
  [['explain', 'nothing_of_that_kind'], 'UnknownWord'],
  [['diff', 'nowhere.yaml'], 'FileMissing'],
])('%j fails with %s', async (args, error) => {
  const { code, stdout, stderr } = await contracts(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^${error}: `));
});

test('a released version is held to: what changes asks for its version, at synth too', async () => {
  for (const one of [[], [`contracts/${FILE}`]])
    expect((await contracts('diff', ...one)).stdout).toMatch(/^no contract was released: there is nothing to compare/);
  const released = await spawned('release');
  expect(released).toMatchObject({
    code: 0,
    stdout: `${path.join('contracts/released/energy/readings@1.2.3.json')}\n1 version released: commit it\n`,
  });
  const file = path.join(project.root, 'contracts/released/energy/readings@1.2.3.json');
  const text = readFileSync(file, 'utf8');
  expect((await contracts('release')).stdout).toBe('every version was released before: nothing was written\n');
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect((await contracts('diff')).stdout).toContain('nothing has changed since 1.2.3');

  const added = { name: 'colour', logicalType: 'string' };
  project.write(`contracts/${FILE}`, withColumn('1.2.3', added));
  for (const command of [['contracts', 'check'], ['contracts', 'release'], ['demo']]) {
    const refused = await project.headwaters(...command);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /contracts\/energy\/readings\.odcs\.yaml:5:10: ReleasedVersionChanged: 'version' must not be a released one/,
    );
  }
  const diff = await spawned('diff', '--json');
  expect(diff.code).toBe(1);
  expect(JSON.parse(diff.stdout)).toMatchObject([
    {
      before: '1.2.3',
      after: '1.2.3',
      least: '1.3.0',
      fault: 'ReleasedVersionChanged',
      changes: [{ code: 'ColumnAdded', verdict: 'additive' }],
    },
  ]);

  project.write(`contracts/${FILE}`, withColumn('2.0.0', { name: 'counter', logicalType: 'string' }));
  expect((await contracts('check')).stdout).toContain(`contracts/${FILE}: note: ${MIGRATION}`);

  project.write(`contracts/${FILE}`, withColumn('1.3.0', added));
  expect((await contracts('check')).stdout).toContain('1.3.0, 1 change since the released 1.2.3');
  expect((await contracts('release', '--json')).stdout).toBe(
    '{"released":["contracts/released/energy/readings@1.3.0.json"],"notes":[]}\n',
  );
  expect(existsSync(file)).toBe(true);
});

test('release notes what stored data does not fit, as check does, and only where it writes', async () => {
  await contracts('release');
  project.write(`contracts/${FILE}`, withColumn('2.0.0', { name: 'counter', logicalType: 'string' }));
  const { stdout } = await contracts('release');
  expect(stdout).toContain(`contracts/${FILE}: note: ${MIGRATION}`);
  expect(stdout).toContain('1 version released: commit it\n');
  expect((await contracts('release')).stdout).toBe('every version was released before: nothing was written\n');
});

test('release --json holds the notes of what it writes', async () => {
  const clear: JsonDocument = { name: 'remark', logicalType: 'string', tags: ['personal'] };
  project.write(`contracts/${FILE}`, withColumn('1.2.3', clear));
  expect(JSON.parse((await contracts('release', '--json')).stdout)).toMatchObject({
    released: ['contracts/released/energy/readings@1.2.3.json'],
    notes: [{ file: `contracts/${FILE}`, code: 'PersonalInClear', path: 'readings.remark' }],
  });
});

test('diff of two files says whom a change breaks', async () => {
  project.write('new.odcs.yaml', withColumn('2.0.0', { name: 'kind', logicalType: 'integer', required: true }));
  const { code, stdout } = await contracts('diff', `contracts/${FILE}`, 'new.odcs.yaml');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^new\.odcs\.yaml 1\.2\.3 → 2\.0\.0\nbreaking {2}readings\.kind: TypeChanged\n/);
});

test.each([
  [
    'energy.readings.customer_id',
    /^energy\.readings\.customer_id \(a column\)\n {2}restricted; stored as string, protected by tokenize: a token/,
  ],
  ['readings.reading_id', /it identifies the event\n {2}it is of the key by which rows are one/],
  ['readings', /^energy\.readings \(a dataset\)/],
  ['kind', /\nenergy\.readings\.kind \(a column\)/],
  ['site.position.lat', /site\.position\.lat is a number/],
  ['retention', /^retention \(a value\)\n {2}a service level of slaProperties: how long/],
  ['restricted', /a classification: /],
  ['mask', /a protection: /],
  ['readOften', /^schema\.customProperties\.readOften \(a key\)\n {2}ISO 8601 duration/],
  ['transformLogic', /\n {2}no effect here/],
  ['too-old', /^too-old \(a reason\)\n/],
])('explains %s', async (word, words) => {
  expect((await contracts('explain', word)).stdout).toMatch(words);
});
