import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isRecord } from '../../local/input.ts';

/** Actions that AWS asks for and the runtime does not: a template that lacks one of these runs here and fails there. */
const UNASKED: Readonly<Record<string, string>> = {
  'athena:GetQueryResultsStream': 'only the JDBC and ODBC drivers stream results, by a protocol of their own',
  'states:DescribeExecution': 'the children of a distributed Map are run within their parent',
  'states:StopExecution': 'the children of a distributed Map are run within their parent',
  'xray:GetSamplingRules': 'nothing is traced',
  'xray:GetSamplingTargets': 'nothing is traced',
  'xray:PutTelemetryRecords': 'nothing is traced',
  'xray:PutTraceSegments': 'nothing is traced',
};

const outdir = mkdtempSync(path.join(tmpdir(), 'granted-actions-'));
let granted: readonly string[];
beforeAll(async () => {
  await synthesize();
  granted = [...new Set(templates().flatMap(policies).flatMap(actions))].sort();
}, 120_000);
afterAll(() => {
  rmSync(outdir, { recursive: true, force: true });
});

async function synthesize(): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/headwaters.ts'], {
    env: { ...process.env, NODE_OPTIONS: '', CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(stderr);
}

const templates = (): unknown[] =>
  readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => JSON.parse(readFileSync(path.join(outdir, file), 'utf8')) as unknown);

/** The documents of a template's managed policies. */
const policies = (template: unknown): unknown[] =>
  Object.values(member(template, 'Resources') ?? {})
    .filter((resource) => member(resource, 'Type') === 'AWS::IAM::ManagedPolicy')
    .map((resource) => member(member(resource, 'Properties'), 'PolicyDocument'));

const actions = (document: unknown): string[] =>
  [member(document, 'Statement')].flat().flatMap((statement) => [member(statement, 'Action')].flat() as string[]);

function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/** What policies of AWS's own allow, which is asked for nowhere by that. */
const ALLOWED_BY_AWS = path.join('iam', 'aws-managed-policies.ts');

/** Every text in quotes of the runtime's source that has the form of an action. */
const asked = new Set(
  readdirSync('local', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== ALLOWED_BY_AWS)
    .flatMap((file) => readFileSync(path.join('local', file), 'utf8').match(/(?<=')[a-z0-9]+:[A-Z][A-Za-z]+(?=')/g) ?? []),
);

test('the templates grant actions, each by its name', () => {
  expect(granted.length).toBeGreaterThan(20);
  expect(granted.filter((action) => action.includes('*'))).toEqual([]);
});

test('every action that the templates grant is asked for somewhere, or known not to be', () => {
  expect(granted.filter((action) => !asked.has(action) && !(action in UNASKED))).toEqual([]);
});

test('nothing is excused that is asked for, or that nobody is granted', () => {
  expect(Object.keys(UNASKED).filter((action) => asked.has(action) || !granted.includes(action))).toEqual([]);
});
