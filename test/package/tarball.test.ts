import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { SimulatedClock } from '../../local/clock.ts';
import { start } from '../../local/start.ts';
import { REPOSITORY, TSX } from '../support/project.ts';

/** The package as somebody else gets it: packed, installed beside what it declares, compiled against and synthesized, all offline. */
const EXAMPLES = ['one-stream', 'existing-key-and-vpc', 'domain-in-a-pipeline'] as const;
type Example = (typeof EXAMPLES)[number];

interface Manifest {
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}
interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** As the tsconfig.json of `cdk init`. */
const INIT_OPTIONS = ['--module', 'NodeNext', '--target', 'ES2022', '--strict', '--types', 'node', '--skipLibCheck'];

const manifest = JSON.parse(readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8')) as Manifest;
const root = mkdtempSync(path.join(tmpdir(), 'headwaters-package-'));
const app = path.join(root, 'app');
const installed = path.join(app, 'node_modules/headwaters');
const cloud = (example: Example): string => path.join(app, 'cdk.out', example);
let listed: readonly string[] = [];

const run = promisify(execFile);
const environment = { ...process.env, NODE_OPTIONS: '', npm_config_update_notifier: 'false' };
const node = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, [...args], { cwd, env: { ...environment, ...env } });
const tsc = (args: readonly string[], cwd: string) =>
  node([path.join(REPOSITORY, 'node_modules/typescript-7/bin/tsc'), ...args], cwd);

beforeAll(async () => {
  const tarball = await pack();
  await install(tarball);
  await compileExamples();
}, 120_000);

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** What a package is made of, beside what it holds. */
const SOURCES = ['build', 'core', 'constructs', 'local', 'cli', 'lib', 'tsconfig.json', 'tsconfig.build.json'];

/** As a maintainer packs, in a copy: what a clone runs from its source must find no second copy under `dist/`. */
async function pack(): Promise<string> {
  const clone = path.join(root, 'clone');
  for (const name of ['package.json', ...new Set([...manifest.files, ...SOURCES])])
    if (name !== 'dist') cpSync(path.join(REPOSITORY, name), path.join(clone, name), { recursive: true });
  symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(clone, 'node_modules'), 'junction');
  mkdirSync(path.join(clone, 'dist/deleted'), { recursive: true });
  writeFileSync(path.join(clone, 'dist/deleted/since.js'), '');
  const { stdout } = await run('npm', ['pack', '--json', '--offline', '--foreground-scripts=false', '--pack-destination', root], {
    cwd: clone,
    env: environment,
    shell: process.platform === 'win32',
  });
  expect(readdirSync(path.join(clone, 'dist'))).toEqual(['functions']);
  const [packed] = JSON.parse(stdout) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (packed === undefined) throw new Error('npm packed nothing');
  listed = packed.files.map((file) => file.path);
  return path.join(root, packed.filename);
}

/** What npm would put there: the package, what it depends on, and the peers that it demands; nothing else can be found. */
async function install(tarball: string): Promise<void> {
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  const { dependencies, peerDependencies, peerDependenciesMeta } = manifest;
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  expect(peers.sort()).toEqual(['aws-cdk-lib', 'constructs']);
  for (const name of [...Object.keys(dependencies), ...peers, '@types/node']) {
    mkdirSync(path.dirname(path.join(app, 'node_modules', name)), { recursive: true });
    symlinkSync(path.join(REPOSITORY, 'node_modules', name), path.join(app, 'node_modules', name), 'junction');
  }
}

async function compileExamples(): Promise<void> {
  for (const name of EXAMPLES) cpSync(path.join(REPOSITORY, 'examples', name), path.join(app, name), { recursive: true });
  writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'app', type: 'module', private: true }));
  writeFileSync(
    path.join(app, 'tsconfig.json'),
    JSON.stringify({
      // the declarations are judged too
      compilerOptions: { target: 'ES2022', module: 'NodeNext', strict: true, types: ['node'], skipLibCheck: false },
      include: EXAMPLES,
    }),
  );
  await tsc([], app).catch((error: unknown) => {
    throw new Error(`the examples do not compile against the package:\n${(error as { readonly stdout?: string }).stdout ?? ''}`);
  });
}

/** The templates of an example, by their files' names without hashes. */
async function synthesize(example: Example): Promise<ReadonlyMap<string, Template>> {
  await node([path.join(example, 'app.js')], app, { CDK_OUTDIR: cloud(example) });
  return new Map(
    readdirSync(cloud(example), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.template.json'))
      .map((name) => [
        path.basename(name).replace(/([0-9A-F]{8})?\.template\.json$/, ''),
        JSON.parse(readFileSync(path.join(cloud(example), name), 'utf8')) as Template,
      ]),
  );
}

const resources = (template: Template | undefined, type: string) =>
  Object.values(template?.Resources ?? {}).filter((resource) => resource.Type === type);
const count = (template: Template | undefined, ...types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, resources(template, type).length]));
const tableNames = (template: Template | undefined) =>
  resources(template, 'AWS::Glue::Table').map(({ Properties }) => (Properties.TableInput as { readonly Name: string }).Name);

/** Each function's code, as its template points at it: an asset that was copied out of the package. */
function expectBundledFunctions(example: Example, template: Template | undefined): void {
  const bundles = ['transform', 'replay', 'iceberg-table'].map((name) =>
    readFileSync(path.join(installed, 'dist/functions', name, 'index.mjs')),
  );
  const keys = resources(template, 'AWS::Lambda::Function').map(
    ({ Properties }) => (Properties.Code as { readonly S3Key: string }).S3Key,
  );
  const assets = keys.map((key) => readFileSync(path.join(cloud(example), `asset.${key.replace(/\.zip$/, '')}`, 'index.mjs')));
  const found = assets.map((asset) => bundles.findIndex((bundle) => bundle.equals(asset)));
  expect(new Set(found)).toEqual(new Set([0, 1]));
}

test.each(['transform', 'replay', 'iceberg-table'])(
  'the function %s carries what it says in one language, of the fifty that its validator speaks',
  (name) => {
    const bundle = readFileSync(path.join(installed, 'dist/functions', name, 'index.mjs'), 'utf8');
    expect(bundle).toContain('Invalid input: expected');
    expect(bundle).not.toContain('Entrada');
  },
);

test('holds what it needs and nothing of its making', () => {
  expect(listed).toEqual(
    expect.arrayContaining([
      'dist/constructs/index.js',
      'dist/constructs/index.d.ts',
      'dist/functions/transform/index.mjs',
      'dist/functions/replay/index.mjs',
      'dist/cli/main.js',
      'cli/headwaters.mjs',
      'docs/api.md',
      'LICENSE',
      'README.md',
    ]),
  );
  expect(listed.filter((name) => !/^(dist|docs|cli)\/|^(LICENSE|README\.md|package\.json)$/.test(name))).toEqual([]);
  expect(listed).not.toContain('dist/deleted/since.js');
  expect(listed.filter((name) => /(^|\/)(test|sample|bench)\//.test(name) || /(?<!\.d)\.ts$/.test(name))).toEqual([]);
});

test('its entry loads the CDK, and neither an AWS SDK nor an engine', async () => {
  const log = path.join(root, 'loaded.txt');
  const hook = `import { appendFileSync } from 'node:fs';
    export async function load(url, context, next) { appendFileSync(${JSON.stringify(log)}, url + '\\n'); return next(url, context); }`;
  const code = `import { createRequire, register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
    const exported = await import('headwaters');
    const required = Object.keys(createRequire(process.cwd() + '/x.js').cache);
    process.stdout.write(JSON.stringify({ exported: Object.keys(exported), required }));`;
  writeFileSync(path.join(app, 'loads.mjs'), code);
  const { stdout } = await node(['loads.mjs'], app);
  const { exported, required } = JSON.parse(stdout) as { readonly exported: string[]; readonly required: string[] };
  const loaded = [...readFileSync(log, 'utf8').split('\n'), ...required];
  expect(exported).toEqual(expect.arrayContaining(['StreamIngestion', 'LakeStorage', 'readContractFile']));
  expect(loaded.some((name) => name.endsWith('headwaters/dist/constructs/index.js'))).toBe(true);
  expect(required.some((name) => name.includes('aws-cdk-lib'))).toBe(true);
  expect(loaded.filter((name) => /@duckdb|@aws-sdk|@smithy|\.lambda\.js|headwaters\/dist\/(cli|local|lib)\//.test(name))).toEqual(
    [],
  );
}, 60_000);

test('only its entry can be imported', async () => {
  writeFileSync(path.join(app, 'inside.mjs'), "await import('headwaters/dist/core/naming.js');");
  await expect(node(['inside.mjs'], app)).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
});

test('its command runs, and asks by name for what only some commands need', async () => {
  const command = path.join(installed, 'cli/headwaters.mjs');
  expect((await node([command, '--help'], app)).stdout).toContain('contracts');
  await expect(node([command, 'contracts', 'check'], path.join(app, 'domain-in-a-pipeline'))).rejects.toThrow(
    "PackageMissing: the package 'cli-table3' must be installed",
  );
}, 60_000);

test('fails to compile what the package does not have', async () => {
  const source = (
    props: string,
  ) => `import { LakeStorage } from 'headwaters'; import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
    new LakeStorage(new Stack(), 'Lake', { environment: 'dev', removalPolicy: RemovalPolicy.RETAIN${props} });`;
  const compile = (name: string, text: string) => {
    writeFileSync(path.join(app, name), text);
    return tsc(['--noEmit', '--ignoreConfig', ...INIT_OPTIONS, name], app);
  };
  await compile('right.ts', source(''));
  await expect(compile('wrong.ts', source(', colour: 1'))).rejects.toMatchObject({
    stdout: expect.stringContaining("'colour'") as string,
  });
}, 60_000);

test('one stream to a queried table, in a plain stack', async () => {
  const templates = await synthesize('one-stream');
  expect([...templates.keys()]).toEqual(['Parcels']);
  const template = templates.get('Parcels');
  expect(
    count(
      template,
      'AWS::Kinesis::Stream',
      'AWS::KinesisFirehose::DeliveryStream',
      'AWS::Glue::Database',
      'AWS::Athena::WorkGroup',
    ),
  ).toEqual({
    'AWS::Kinesis::Stream': 1,
    'AWS::KinesisFirehose::DeliveryStream': 2,
    'AWS::Glue::Database': 1,
    'AWS::Athena::WorkGroup': 1,
  });
  expect(tableNames(template)).toEqual(['scans_clean', 'scans']);
  expect(template?.Outputs).toHaveProperty('StreamName');
  const keyUsers = resources(template, 'AWS::KMS::Key').map(({ Properties }) => JSON.stringify(Properties.KeyPolicy));
  expect(keyUsers).toHaveLength(5);
  const widened = keyUsers.filter((policy) => policy.includes('kms:CreateGrant') || policy.includes('kms:Encrypt'));
  expect(widened).toEqual([expect.stringContaining('EncryptLogGroups')]); // the secret opens no key
  expectBundledFunctions('one-stream', template);
}, 60_000);

test('a lake on an existing key, reached from an existing VPC', async () => {
  const template = (await synthesize('existing-key-and-vpc')).get('Turbines');
  expect(
    count(template, 'AWS::KMS::Key', 'AWS::EC2::VPC', 'AWS::S3::Bucket', 'AWS::EC2::VPCEndpoint', 'AWS::Kinesis::Stream'),
  ).toEqual({
    'AWS::KMS::Key': 0,
    'AWS::EC2::VPC': 0,
    'AWS::S3::Bucket': 7,
    'AWS::EC2::VPCEndpoint': 7,
    'AWS::Kinesis::Stream': 1,
  });
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
  const encryption = resources(template, 'AWS::S3::Bucket').map(({ Properties }) => JSON.stringify(Properties.BucketEncryption));
  expect(encryption.filter((own) => !own.includes(key))).toEqual([expect.stringContaining('AES256')]); // what takes access logs
  expect(resources(template, 'AWS::Kinesis::Stream')[0]?.Properties.StreamEncryption).toEqual({
    EncryptionType: 'KMS',
    KeyId: key,
  });
  for (const { Properties } of resources(template, 'AWS::EC2::VPCEndpoint')) expect(Properties.VpcId).toBe('vpc-11111111');
  expect(tableNames(template)).toEqual(['vibrations_clean', 'vibrations']);
  expect(JSON.stringify(template?.Outputs?.KeyPolicyStatements?.Value)).toMatch(
    /UseByActors.*CreateSecretsByDeployment.*EncryptLogGroups/,
  );
  expectBundledFunctions('existing-key-and-vpc', template);
}, 60_000);

test('a whole domain from two contracts, in a pipeline', async () => {
  const templates = await synthesize('domain-in-a-pipeline');
  expect([...templates.keys()].sort()).toEqual([
    'LiveFoundation',
    'LiveServing',
    'LiveWorkshop',
    'Pipeline',
    'TestFoundation',
    'TestServing',
    'TestWorkshop',
  ]);
  expect(count(templates.get('Pipeline'), 'AWS::CodePipeline::Pipeline')).toEqual({ 'AWS::CodePipeline::Pipeline': 1 });
  for (const stage of ['Test', 'Live']) {
    const domain = templates.get(`${stage}Workshop`);
    expect(count(domain, 'AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream')).toEqual({
      'AWS::Kinesis::Stream': 2,
      'AWS::KinesisFirehose::DeliveryStream': 3,
    });
    expect(tableNames(domain).sort()).toEqual(['orders', 'orders_clean', 'repairs', 'repairs_clean']);
    expect(count(templates.get(`${stage}Foundation`), 'AWS::S3::Bucket')).toEqual({ 'AWS::S3::Bucket': 7 });
    expect(count(templates.get(`${stage}Serving`), 'AWS::Athena::WorkGroup')).toEqual({ 'AWS::Athena::WorkGroup': 1 });
    expectBundledFunctions('domain-in-a-pipeline', domain);
  }
}, 60_000);

test('a stage of it runs on this machine', async () => {
  const runtime = await start({
    assembly: cloud('domain-in-a-pipeline'),
    stacks: ['Test'],
    state: path.join(root, 'state'),
    clock: new SimulatedClock(Date.parse('2026-03-01T10:00:00Z')),
  });
  try {
    const { accountId, region } = runtime;
    expect({ accountId, region }).toEqual({ accountId: '111122223333', region: 'eu-west-1' });
    expect(runtime.deliveries().map(({ name }) => name.replace(/-.*/, ''))).toEqual(['Test', 'Test', 'Test']);
  } finally {
    await runtime.stop();
  }
});

test('an app as `cdk init` makes it, CommonJS and run by tsx, imports it too', async () => {
  await synthesize('one-stream');
  const folder = path.join(app, 'as-cdk-init');
  cpSync(path.join(app, 'one-stream'), folder, { recursive: true });
  rmSync(path.join(folder, 'app.js'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'as-cdk-init' }));
  const source = readFileSync(path.join(folder, 'app.ts'), 'utf8');
  const commonJs = source.replace("fileURLToPath(new URL('scans.odcs.yaml', import.meta.url))", "__dirname + '/scans.odcs.yaml'");
  expect(commonJs).not.toContain('import.meta');
  writeFileSync(path.join(folder, 'app.ts'), commonJs.replace(/^import \{ fileURLToPath \}.*\n/m, ''));
  await tsc(['--noEmit', '--ignoreConfig', ...INIT_OPTIONS, 'as-cdk-init/app.ts'], app);
  const out = path.join(root, 'cdk.out-of-init');
  await node(['--import', TSX, path.join(folder, 'app.ts')], app, { CDK_OUTDIR: out });
  expect(readFileSync(path.join(out, 'Parcels.template.json'), 'utf8')).toBe(
    readFileSync(path.join(cloud('one-stream'), 'Parcels.template.json'), 'utf8'),
  );
}, 60_000);
