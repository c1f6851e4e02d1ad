import * as athena from 'aws-cdk-lib/aws-athena';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readNamedQueries } from '../../../lib/read-named-queries.ts';
import { readContracts } from '../../../core/contract/read-file.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import { checkLimits, LimitError } from '../../../lib/limits/check-limits.ts';
import { readStacks } from '../../../lib/limits/read-stacks.ts';
import { notes, refusals } from '../../../lib/limits/report.ts';
import { addPlatform } from '../../../lib/platform.ts';
import { environmentWithoutAccount } from '../../support/platform.ts';
import { testApp } from '../../support/synth.ts';
import { many, stackOf } from './planted.ts';

const inStack = (stack: string, id: string): string => `${stack}/${id}`;
const role = { Type: 'AWS::IAM::Role' };
/** So many roles, in stacks of as many resources as a stack may have. */
const roles = (number: number) =>
  Array.from({ length: Math.ceil(number / 500) }, (_, index) => stackOf(many(Math.min(500, number - index * 500), role)));

test('says in a line what an environment takes', () => {
  const app = testApp();
  addPlatform(app, {
    environment: environmentWithoutAccount('dev'),
    contracts: readContracts('contracts'),
    namedQueries: readNamedQueries('models/questions'),
  });
  expect(checkLimits(app.synth(), ['dev'])).toEqual([
    expect.stringMatching(
      /^dev: \d stacks; \d+ of 500 resources in Headwaters-dev-[A-Z][-\w]+, \d+ of 1000 roles, \d+ of 1500 customer managed policies, \d+ of 1000 shards$/,
    ),
  ]);
});

test('fails with the path of the construct, the limit, what was got and the remedy', () => {
  const app = testApp();
  const datasets = new Construct(new Stack(app, 'Headwaters-dev-Domain-energy'), 'Datasets');
  new athena.CfnNamedQuery(new Construct(datasets, 'Readings'), 'Question', {
    database: 'energy',
    queryString: `SELECT '${'x'.repeat(262_144)}'`,
  });
  const check = () => checkLimits(app.synth(), ['dev']);
  expect(check).toThrow(LimitError);
  expect(check).toThrow(
    'Headwaters-dev-Domain-energy/Datasets/Readings/Question: LimitExceeded: bytes of a query must be at most 262,144, got 262,153; divide the question (https://docs.aws.amazon.com/athena/latest/ug/service-limits.html)',
  );
});

test('fails for a stack of too many resources with what to do about it, before the CDK says less', () => {
  const app = new App(APP_PROPS);
  const stack = new Stack(app, 'Headwaters-dev-Domain-energy');
  for (let index = 0; index <= 500; index += 1) new CfnResource(stack, `Topic${index}`, { type: 'AWS::SNS::Topic' });
  expect(() => checkLimits(app.synth(), ['dev'])).toThrow(
    'Headwaters-dev-Domain-energy: LimitExceeded: resources of a stack must be at most 500, got 501; give some of its datasets a slot in another part, before they are deployed (docs/adr/0017) (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html)',
  );
});

test('fails where an account would hold more than AWS ever gives, and names no stack for it', () => {
  const place = 'account 111122223333: ';
  const ofAccount = (number: number) => refusals(roles(number), inStack).filter((line) => line.startsWith(place));
  expect(ofAccount(10_000)).toEqual([]);
  expect(ofAccount(10_001)).toEqual([
    `${place}LimitExceeded: roles must be at most 10,000, got 10,001; divide environments or domains among accounts (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)`,
  ]);
});

test('notes what is over the quota that an account has by default, and refuses nothing', () => {
  const stacks = [...roles(400), ...roles(400), ...roles(200)];
  expect(notes(stacks)).toEqual([]);
  const over = [...stacks, ...roles(1)];
  expect(refusals(over, inStack)).toEqual([]);
  expect(notes(over)).toEqual([
    'account 111122223333: 1,001 roles, of which an account has 1,000 unless it asks for more; ask before you deploy (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)',
  ]);
});

test('a stack without an account goes where the credentials lead', () => {
  const app = testApp();
  new Stack(app, 'Anywhere');
  new Stack(app, 'Somewhere', { env: { account: '111122223333', region: 'eu-west-1' } });
  expect(readStacks(app.synth()).map(({ account, region }) => [account, region])).toEqual([
    ['of the credentials', 'their region'],
    ['111122223333', 'eu-west-1'],
  ]);
});

test('weighs what is in an asset, each file of it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-asset-'));
  try {
    writeFileSync(path.join(folder, 'a.json'), 'x'.repeat(100));
    writeFileSync(path.join(folder, 'b.json'), 'x'.repeat(23));
    const app = testApp();
    new lambda.LayerVersion(new Stack(app, 'Test'), 'Layer', { code: lambda.Code.fromAsset(folder) });
    const [stack] = readStacks(app.synth());
    const [layer] = Object.values(stack?.template.Resources ?? {});
    const { S3Key } = layer?.Properties?.Content as { readonly S3Key: string };
    expect(stack?.assetBytes(S3Key)).toBe(123);
    expect(stack?.assetBytes('of-somebody-else.zip')).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
