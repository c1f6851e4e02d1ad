import { byPaths, distributed, failed, filled, runState } from './paths-rig.ts';
import { pass, refusal, states, task, type Answer } from './rig.ts';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const code = { error: 'States.IntrinsicFailure' };

it.each([
  ['an algorithm that every object has', "States.Hash('a', 'constructor')", code],
  ['a range beyond what a number is drawn from', 'States.MathRandom(0, 1000000000000000)', code],
  ['a number beyond all', 'States.MathAdd($.large, 1)', code],
])('fails a function: %s', async (_, call, failure) => {
  expect(await filled({ 'v.$': call }, { large: 9e300 })).toMatchObject(failure);
});

it('a variable is none that nobody assigned, whatever objects have', async () => {
  expect(await filled({ 'v.$': '$constructor' })).toEqual(
    failed("The JSONPath '$constructor' specified for the field 'v.$' could not be found"),
  );
  const Choices = [{ Variable: '$toString', IsPresent: true, Next: 'Yes' }];
  const machine = byPaths({ S: { Type: 'Choice', Choices, Default: 'No' }, Yes: pass({ Result: 1 }), No: pass({ Result: 2 }) });
  expect((await states(machine).run()).output).toBe(2);
});

it('JSON that is nested deeper than AWS reads fails the execution, or is not taken', async () => {
  expect(await refusal(states(byPaths({ S: pass() })).begin(JSON.parse(nested(1500)) as unknown))).toMatchObject({
    code: 'InvalidExecutionInput',
  });
  expect(await runState(task({ Parameters: {} }), {}, { answer: () => JSON.parse(nested(6000)) as unknown })).toMatchObject({
    error: 'States.Runtime',
  });
  expect(await filled({ 'v.$': 'States.StringToJson($.t)' }, { t: nested(6000) })).toMatchObject(code);
  const batched = { ...reader({ InputType: 'JSON' }), ItemBatcher: { MaxItemsPerBatch: 1 } };
  for (const state of [reader({ InputType: 'JSON' }), batched])
    expect(await states(byPaths({ S: state }), { objects: { 'b/k': nested(6000) } }).run()).toMatchObject({
      error: 'States.ItemReaderFailed',
    });
  expect(await filled({ 'v.$': '$.t' }, { t: JSON.parse(nested(900)) as unknown })).toHaveProperty('v');
});

it('ArrayUnique tells items apart by what they hold, whatever the order of their members', async () => {
  const items = [{ a: 1, b: [1] }, { b: [1], a: 1 }, { a: 1, b: ['1'] }, '1', 1, [1], [1, null], null, 1];
  expect(await filled({ 'v.$': 'States.ArrayUnique($)' }, items)).toEqual({
    v: [{ a: 1, b: [1] }, { a: 1, b: ['1'] }, '1', 1, [1], [1, null], null],
  });
  const many = Array.from({ length: 12_000 }, (_, a) => ({ a: a % 11_999 }));
  expect(await filled({ 'v.$': 'States.ArrayLength(States.ArrayUnique($))' }, many)).toEqual({ v: 11_999 });
});

it('a fault of the runtime ends the execution in which it was met, and is not kept back', async () => {
  const { begin, clock, describe } = states(byPaths({ S: task() }), {
    answer: () => {
      throw new TypeError('a fault');
    },
  });
  const arn = await begin();
  await expect(clock.advance(1000)).rejects.toThrow('a fault');
  expect(await describe(arn)).toMatchObject({ status: 'FAILED', error: 'Headwaters.RuntimeFault' });
});

it('ResultPath puts nothing into what every object has', async () => {
  expect(await runState({ Result: 1, ResultPath: '$.constructor.a' }, { b: 2 })).toEqual({ b: 2, constructor: { a: 1 } });
});

const reader = (ReaderConfig: object, more: object = {}) =>
  distributed({
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig, Parameters: { Bucket: 'b', Key: 'k' }, ...more },
  });

it.each<[string, Answer]>([
  ["'States.S.Parameters' must be an object", pass({ Parameters: 'text' })],
  ["gives 'a' once, got 'a.$' too", pass({ Parameters: { a: 1, 'a.$': '$' } })],
  ["'States.S.ResultPath' must begin at the input", pass({ ResultPath: '$$.a' })],
  ["CSVDelimiter' must be one of", reader({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVDelimiter: 'constructor' })],
  ["'States.S.Seconds' or one of SecondsPath", { Type: 'Wait', End: true }],
  ["'States.S.Seconds' must be a number, not a text", { Type: 'Wait', Seconds: '5', End: true }],
  ["must not assign 'states'", pass({ Assign: { states: 1 } })],
  ["must not assign 'a b'", pass({ Assign: { 'a b.$': '$' } })],
  ["'States.S.Iterator' must not stand beside ItemProcessor", { ...distributed({}), Iterator: {} }],
  ["CSVHeaders' must be there where", reader({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' })],
  ["CSVHeaders' must be there where", reader({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVHeaders: ['a'] })],
  [
    "'States.S.ItemReader' must stand in a Map whose Mode is DISTRIBUTED",
    { ...reader({}), ItemProcessor: { StartAt: 'I', States: { I: pass() } } },
  ],
])('is refused: %s', (message, state) => {
  expect(() => states(byPaths({ S: state }))).toThrow(message);
});

it.each<[string, Answer]>([
  ["'ItemsPointer' of an ItemReader's ReaderConfig", reader({ InputType: 'JSON', ItemsPointer: '/a' })],
  ["the InputType 'PARQUET'", reader({ InputType: 'PARQUET' })],
  [
    "the Resource 'arn:aws:states:::s3:headObject'",
    reader({ InputType: 'JSON' }, { Resource: 'arn:aws:states:::s3:headObject' }),
  ],
  ['States.MathRandom with a seed', pass({ Parameters: { 'v.$': 'States.MathRandom(1, 2, 3)' } })],
])('is kept, and refused when it is started: %s', async (lacking, state) => {
  expect(await refusal(states(byPaths({ S: state })).begin())).toMatchObject({
    code: 'NotImplemented',
    message: expect.stringContaining(lacking) as string,
  });
});
