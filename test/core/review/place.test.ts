import { countLevels } from '../../../core/review/count-levels.ts';
import { commonPlaces } from '../../../core/review/place.ts';
import { dangersOf, review, type Review } from '../../../core/review/review.ts';
import { readTemplate, type Templates } from '../../../core/aws/template.ts';

const HERE = 'aws://111122223333/eu-west-1';
type Stacks = Readonly<Record<string, readonly [environment: string | undefined, resources: object]>>;
const templates = (stacks: Stacks): Templates =>
  new Map(
    Object.entries(stacks).map(([name, [environment, Resources]]) => [
      name,
      readTemplate(JSON.stringify({ Resources }), name, environment === undefined ? {} : { environment }),
    ]),
  );
const compare = (before: Stacks, after: Stacks): Review =>
  review({ name: 'before', templates: templates(before) }, { name: 'after', templates: templates(after) });
const codes = (found: Review): string[] => dangersOf(found).map(({ code }) => code);

/** What names its own place throughout. */
const placed = (account: unknown, region: unknown) => ({
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: ['topic'],
      PolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', account, ':role/r']] } },
          Action: 'sns:Publish',
          Resource: { 'Fn::Join': ['', ['arn:aws:sns:', region, ':', account, ':topic']] },
        },
      },
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { S3Bucket: { 'Fn::Join': ['', ['cdk-hnb659fds-assets-', account, '-', region]] }, S3Key: 'a.zip' } },
  },
});

test.each([
  [
    'another account',
    HERE,
    'aws://444455556666/eu-west-1',
    ['StackMoved'],
    'the account 444455556666, and went to the account 111122223333',
  ],
  [
    'another region',
    HERE,
    'aws://111122223333/eu-west-3',
    ['StackMoved'],
    'the region eu-west-3, and went to the region eu-west-1',
  ],
  [
    'another region of an account that nobody knows',
    'aws://unknown-account/eu-west-1',
    'aws://unknown-account/eu-west-3',
    ['StackMoved'],
    'the region eu-west-3, and went to the region eu-west-1',
  ],
  [
    'perhaps another account',
    'aws://unknown-account/eu-west-1',
    HERE,
    ['UnknownEffect'],
    'the account 111122223333, and went to the account that the deployment names',
  ],
])('fails where stacks go to %s', (_, from, to, found, says) => {
  const moved = compare({ A: [from, {}], B: [from, {}] }, { A: [to, {}], B: [to, {}] });
  expect(codes(moved)).toEqual(found);
  expect(moved.moves.map(({ stacks }) => stacks)).toEqual([['A', 'B']]);
  expect(dangersOf(moved)[0]?.says).toContain(`it goes to ${says}`);
});

test('passes where it is the same place, or only one version says it', () => {
  expect(codes(compare({ A: [HERE, {}] }, { A: [HERE, {}] }))).toEqual([]);
  expect(codes(compare({ A: [undefined, {}] }, { A: [HERE, {}] }))).toEqual([]);
});

test('that every ARN names the new place is said once', () => {
  const [here, there] = [placed('111122223333', 'eu-west-1'), placed('444455556666', 'eu-central-1')];
  const found = compare({ A: [HERE, here] }, { A: ['aws://444455556666/eu-central-1', there] });
  expect(codes(found)).toEqual(['StackMoved']);
  expect([...countLevels(found)]).toEqual([['replacement', 1]]);
  expect([found.resources, found.permissions]).toEqual([[], []]);
});

test('what the deployment named is the same where it is written out', () => {
  const open = placed({ Ref: 'AWS::AccountId' }, { Ref: 'AWS::Region' });
  const substituted = {
    ...open,
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: 'a.zip' } },
    },
  };
  const written = placed('111122223333', 'eu-west-1');
  const agnostic = 'aws://unknown-account/unknown-region';
  for (const before of [open, substituted])
    expect(codes(compare({ A: [agnostic, before] }, { A: [HERE, written] }))).toEqual(['UnknownEffect']);
});

test('what else changed is told beside the move', () => {
  const stream = (RetentionPeriodHours: number) => ({
    It: { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours } },
  });
  const found = compare({ A: [HERE, stream(48)] }, { A: ['aws://111122223333/eu-west-3', stream(24)] });
  expect(codes(found)).toEqual(['StackMoved', 'StreamRetentionShortened']);
});

test('the place of an environment is where most of its stacks go', () => {
  const places = commonPlaces(
    templates({ 'x-1': [HERE, {}], 'x-2': ['aws://111122223333/eu-west-3', {}], 'x-3': [HERE, {}], 'y-1': [undefined, {}] }),
    (stack) => stack.split('-')[0],
  );
  expect([...places]).toEqual([['x', HERE]]);
});

test('what the CDK writes for people who debug does not matter', () => {
  const traced = (Metadata: object) => ({ A: [HERE, { It: { Type: 'AWS::SQS::Queue', Properties: {}, Metadata } }] }) as const;
  expect(compare(traced({ 'aws:cdk:path': 'A/It/Resource', 'aws:asset:path': 'asset.1' }), traced({})).resources).toEqual([]);
  expect(compare(traced({ cdk_nag: 'one' }), traced({ cdk_nag: 'other' })).resources).toHaveLength(1);
});
