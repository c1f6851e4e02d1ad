import { boxesOf, covers, renderBox } from '../../../prove/nothing-wider/matrix/boxes.ts';
import { dimensionsOf, type Dimension } from '../../../prove/nothing-wider/matrix/dimension.ts';

const dimension = (key: string, ...tokens: readonly string[]): Dimension => ({
  key,
  answers: tokens.map((token) => ({ token, context: {} })),
});
const via = dimension('via', 's3', 'other', 'absent');
const tls = dimension('tls', 'on', 'off');
const said = (dimensions: readonly Dimension[], passes: (choice: readonly number[]) => boolean) =>
  boxesOf(dimensions, passes).map(renderBox);

test.each([
  ['always', () => true, ['']],
  ['never', () => false, []],
  ['one key alone', ([a]: readonly number[]) => a === 0, ['via is s3']],
  ['all but one answer', ([a]: readonly number[]) => a !== 0, ['via is not s3']],
  ['both keys', ([a, b]: readonly number[]) => a === 0 && b === 0, ['tls is on and via is s3']],
  ['either key', ([a, b]: readonly number[]) => a === 0 || b === 0, ['via is s3', 'tls is on and via is not s3']],
])('says what passes %s', (_, passes, boxes) => {
  expect(said([via, tls], passes)).toEqual(boxes);
});

test.each([
  ['', 'via is s3', true],
  ['via is s3', '', false],
  ['via is s3', 'tls is on and via is s3', true],
  ['via is s3 or sns', 'via is s3', true],
  ['via is s3', 'via is s3 or sns', false],
  ['via is not s3', 'via is sns', true],
  ['via is not s3', 'via is not s3 or sns', true],
  ['via is not s3 or sns', 'via is not s3', false],
  ['via is s3', 'via is not sns', false],
])("'%s' lets through all of '%s': %p", (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});

test('asks each key of a condition for its values, another and none, and transport as a whole', () => {
  const statement = (Condition: object) => ({
    Effect: 'Allow' as const,
    Condition: Condition as Record<string, Record<string, unknown>>,
  });
  const dimensions = dimensionsOf(
    [
      statement({ StringEquals: { 'kms:ViaService': 's3' }, ArnLike: { 'aws:PrincipalArn': 'x' } }),
      statement({ Bool: { 'aws:SecureTransport': 'false' } }),
      statement({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena' } }),
    ],
    new Set(['aws:principalarn']),
  );
  expect(dimensions.map(({ key, answers }) => [key, answers.map(({ token }) => token)])).toEqual([
    ['aws:CalledVia', ['athena', 'other', 'absent']],
    ['kms:ViaService', ['s3', 'other', 'absent']],
    ['transport', ['TLS 1.2', 'TLS 1.1', 'plain HTTP']],
  ]);
});

test('fails for an operator whose values nobody chooses', () => {
  const Condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
  expect(() => dimensionsOf([{ Effect: 'Allow', Condition }], new Set())).toThrow("condition operator 'IpAddress'");
});
