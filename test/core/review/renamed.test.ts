import { review, type Review } from '../../../core/review/review.ts';
import { readTemplate, type Templates } from '../../../core/aws/template.ts';

type Stacks = Readonly<Record<string, object>>;
const templates = (stacks: Stacks): Templates =>
  new Map(Object.entries(stacks).map(([name, Resources]) => [name, readTemplate(JSON.stringify({ Resources }), name)]));
const compare = (before: Stacks, after: Stacks): Review =>
  review({ name: 'before', templates: templates(before) }, { name: 'after', templates: templates(after) });
const hints = ({ resources }: Review) => resources.flatMap(({ id, hint }) => (hint === undefined ? [] : [`${id}: ${hint}`]));

const stream = (more: object = {}) => ({
  Type: 'AWS::Kinesis::Stream',
  Properties: { RetentionPeriodHours: 24, ShardCount: 1, StreamModeDetails: { StreamMode: 'PROVISIONED' }, ...more },
});
const domain = (name: string, environment = 'dev') => `Headwaters-${environment}-Domain-${name}`;

test('a resource that is nearly the same under another id is hinted at', () => {
  const found = compare({ S: { Old: stream() } }, { S: { New: stream({ DesiredShardLevelMetrics: ['ALL'] }) } });
  expect(hints(found)).toEqual(['Old: renamed? Old -> New']);
  expect(found.resources.map(({ kind }) => kind)).toEqual(['added', 'deleted']);
});

test('whom it refers to may have another name too', () => {
  const alias = (Ref: string) => ({ Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref }, Name: 'live' } });
  expect(hints(compare({ S: { A: alias('F') } }, { S: { B: alias('G') } }))).toEqual(['A: renamed? A -> B']);
});

test('of several that are alike, the one with the nearest name is', () => {
  const after = { TripsLate: stream(), TripsUnread: stream(), Other: stream() };
  expect(hints(compare({ S: { FlightsUnread: stream({ Tags: [] }) } }, { S: after }))).toEqual([
    'FlightsUnread: renamed? FlightsUnread -> TripsUnread',
  ]);
});

test('one that moved to another stack of its environment is', () => {
  const before = { [domain('a')]: { It: stream() }, [domain('b')]: {} };
  const after = { [domain('a')]: {}, [domain('b')]: { It: stream() } };
  expect(hints(compare(before, after))).toEqual(['It: moved? -> Headwaters-dev-Domain-b']);
  const renamed = { [domain('a')]: {}, [domain('b')]: { Other: stream() } };
  expect(hints(compare(before, renamed))).toEqual(['It: moved and renamed? It -> Headwaters-dev-Domain-b/Other']);
});

test.each([
  ['of another type', { S: { New: { ...stream(), Type: 'AWS::SQS::Queue' } } }],
  ['told otherwise', { S: { New: stream({ RetentionPeriodHours: 48, ShardCount: 2 }) } }],
  ['none', { S: {} }],
])('a resource that is %s is no hint', (_, after) => {
  expect(hints(compare({ S: { Old: stream() } }, after))).toEqual([]);
});

test('one of another environment is no hint', () => {
  const before = { [domain('a')]: { Old: stream() }, [domain('a', 'prod')]: {} };
  const after = { [domain('a')]: {}, [domain('a', 'prod')]: { New: stream() } };
  expect(hints(compare(before, after))).toEqual([]);
});

test('one that is certain is told as such, and not as a hint', () => {
  const found = compare({ S: { Old: stream() } }, { S: { New: stream() } });
  expect(found.resources.flatMap(({ dangers }) => dangers.map(({ code }) => code))).toContain('LogicalIdChanged');
  expect(hints(found)).toEqual([]);
});

test('a stack that holds nearly the same under another name is hinted at', () => {
  const { stacks } = compare(
    { [domain('old')]: { A: stream(), B: stream() } },
    { [domain('new')]: { A: stream(), B: stream() } },
  );
  expect(stacks.map(({ kind, hint }) => [kind, hint])).toEqual([
    ['added', undefined],
    ['removed', `renamed? ${domain('old')} -> ${domain('new')}`],
  ]);
});
