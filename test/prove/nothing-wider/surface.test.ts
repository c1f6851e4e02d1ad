import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judgeSurfaced } from '../../../prove/nothing-wider/grants-surface.ts';
import type { Grant } from '../../../prove/nothing-wider/need.ts';
import type { PolicyHold } from '../../../prove/nothing-wider/statements/read-policies.ts';
import type { NamedStatement } from '../../../prove/nothing-wider/statements/statement-names.ts';
import { withoutStatements } from '../../../prove/nothing-wider/surface/edit-assembly.ts';
import { tells } from '../../../prove/nothing-wider/surface/run-without.ts';
import { planRuns } from '../../../prove/nothing-wider/surface/plan-runs.ts';

function statement(kind: string, stack: string, hold: PolicyHold = 'identity', index = 0): NamedStatement {
  const policy = {
    hold,
    name: 'any',
    stack,
    logicalId: 'Policy',
    property: 'PolicyDocument',
    speaksFor: [],
    mustAllow: false,
    statements: [],
  };
  return { name: `${stack} ${kind}`, kind, said: kind, effect: 'Allow', policy, index };
}

describe('runs', () => {
  const need = { scenario: 'any', how: 'run', refusal: 'any' } as const;
  const plan = (...statements: NamedStatement[]) =>
    planRuns(statements.map((one): Grant => ({ statement: one, need }))).map((run) => run.map(({ name }) => name));

  test('lose one statement of each kind, and of each stack one at most', () => {
    expect(plan(statement('a', 'One'), statement('a', 'Two'), statement('b', 'One'), statement('b', 'Two'))).toEqual([
      ['One a', 'Two b'],
    ]);
  });

  test('lose alone what guards a resource of all', () => {
    expect(plan(statement('a', 'One'), statement('key', 'Two', 'resource'), statement('b', 'Three'))).toEqual([
      ['One a', 'Three b'],
      ['Two key'],
    ]);
  });

  test('leave out what no run asks for', () => {
    expect(planRuns([{ statement: statement('a', 'One'), need: { ...need, how: 'declared' } }])).toEqual([]);
  });
});

describe('an edited assembly', () => {
  const write = (Statement: object[]): string => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assembly-'));
    const manifest = { artifacts: { One: { properties: { templateFile: 'One.template.json' } } } };
    writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
    const Resources = { Policy: { Properties: { PolicyDocument: { Statement } } } };
    writeFileSync(path.join(folder, 'One.template.json'), JSON.stringify({ Resources }));
    return folder;
  };
  const read = (folder: string): unknown =>
    (JSON.parse(readFileSync(path.join(folder, 'One.template.json'), 'utf8')) as { Resources: unknown }).Resources;
  const holding = (...Statement: object[]) => ({ Policy: { Properties: { PolicyDocument: { Statement } } } });
  const [a, b, c] = ['a', 'b', 'c'].map((Sid) => ({ Sid, Effect: 'Allow', Action: 'sts:AssumeRole' }));
  if (a === undefined || b === undefined || c === undefined) throw new Error('three statements');

  test('lacks what was removed, and the other stays as it was', () => {
    const assembly = write([a, b, c]);
    const removed = [statement('a', 'One', 'identity', 0), statement('c', 'One', 'identity', 2)];
    expect(read(withoutStatements(assembly, removed))).toEqual(holding(b));
    expect(read(assembly)).toEqual(holding(a, b, c));
  });

  test.each<[PolicyHold, object]>([
    ['identity', { Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }],
    ['trust', { ...a, Action: 'sts:TagSession' }],
  ])('keeps a policy (%s) that would be empty, with a statement that gives nothing', (hold, left) => {
    expect(read(withoutStatements(write([a]), [statement('a', 'One', hold)]))).toEqual(holding(left));
  });
});

describe('what surfaced', () => {
  const refused = { principal: { service: 'any' }, action: 's3:GetObject', resource: 'any' };

  test('is counted', () => {
    const found = [
      { statement: statement('a', 'One'), refused, told: true },
      { statement: statement('delivery WriteLog', 'One'), refused, told: false },
    ];
    expect(judgeSurfaced(found, 2)).toBe(
      '2 kinds of statements removed in 2 runs: 1 told by an error or a log, 1 refused in silence',
    );
  });

  test.each([
    [
      'a statement whose loss nothing meets',
      [{ statement: statement('a', 'One'), refused: undefined, told: false }],
      "without 'One a' nothing is refused",
    ],
    [
      'a refusal that nobody is told of',
      [{ statement: statement('a', 'One'), refused, told: false }],
      's3:GetObject is refused, and no error or log says so',
    ],
    ['no removal at all', [], 'no statement was removed'],
  ])('fails for %s', (_, found, words) => {
    expect(() => judgeSurfaced(found, 1)).toThrow(words);
  });
});

describe('words', () => {
  const id = (digit: string) => `${digit.repeat(8)}-1111-2222-3333-444444444444`;
  const put = { action: 's3:PutObject', resource: `arn:aws:s3:::lake/metadata/0-${id('a')}.json` };
  const find = { action: 's3:GetBucketLocation', resource: 'arn:aws:s3:::results' };
  const refusalOf = (action: string, resource: string) =>
    `User: any is not authorized to perform: ${action} on resource: "${resource}"`;

  test.each([
    ['of the request', put, refusalOf(put.action, put.resource), true],
    ['of another attempt at it', put, refusalOf(put.action, `arn:aws:s3:::lake/metadata/0-${id('b')}.json`), true],
    ['of another action', put, refusalOf('s3:GetObject', put.resource), false],
    ['of another place', put, refusalOf(put.action, `arn:aws:s3:::lake/data/0-${id('a')}.json`), false],
    ['of Athena, of its bucket for results', find, 'Unable to verify/create output bucket results (Service: AmazonAthena)', true],
    ['of Athena, of another bucket', find, 'Unable to verify/create output bucket results-2 (Service: AmazonAthena)', false],
    [
      'of Athena, for another action',
      { ...find, action: 's3:ListBucket' },
      'Unable to verify/create output bucket results (Service)',
      false,
    ],
  ])('%s', (_, request, words, told) => {
    expect(tells(words, request)).toBe(told);
  });
});
