import { compareStacks } from '../../../core/review/compare-stacks.ts';
import { readTemplate, type Templates } from '../../../core/aws/template.ts';
import { FUNCTION, codesOf, templates, type Properties } from './property-edits.ts';

test('a value that may be a secret is never shown', () => {
  const { resources } = compareStacks(
    templates('AWS::SecretsManager::Secret', { SecretString: 'first', New: 'first' }),
    templates('AWS::SecretsManager::Secret', { SecretString: 'other', New: 'other' }),
  );
  expect(JSON.stringify(resources)).not.toMatch(/first|other/);
});

test('a function of another build is code only, and nothing where one of the hashes is masked', () => {
  const built = (hash: string) => templates(FUNCTION, { Code: { S3Key: `${hash}.zip` } });
  const [one, other] = ['a', 'b'].map((letter) => built(letter.repeat(64)));
  const changesOf = (before = built(''), after = built('')) => compareStacks(before, after).resources;
  expect(changesOf(one, other)).toMatchObject([{ isCodeOnly: true, dangers: [], properties: ['Code.S3Key'] }]);
  expect(changesOf(one, built('<asset>'))).toEqual([]);
});

test('a layer of the same template is the platform’s own', () => {
  const layered = (...Layers: Properties[]): Templates =>
    new Map([
      [
        'Stack',
        readTemplate(
          JSON.stringify({
            Resources: { It: { Type: FUNCTION, Properties: { Layers } }, Own: { Type: 'AWS::Lambda::LayerVersion' } },
          }),
          'Stack',
        ),
      ],
    ]);
  const { resources } = compareStacks(layered(), layered({ Ref: 'Own' }));
  expect(resources).toMatchObject([{ id: 'It', dangers: [] }]);
});

describe('sections of a template', () => {
  const codes = (before: Properties, after: Properties): string[] =>
    compareStacks(
      new Map([['Stack', readTemplate(JSON.stringify({ Resources: {}, ...before }), 'Stack')]]),
      new Map([['Stack', readTemplate(JSON.stringify({ Resources: {}, ...after }), 'Stack')]]),
    ).stacks.flatMap(({ dangers }) => dangers.map(({ code }) => code));
  const exported = (Value: string) => ({ Outputs: { It: { Value, Export: { Name: 'it' } } } });

  test.each([
    [
      'a parameter has another default',
      { Parameters: { P: { Default: '1' } } },
      { Parameters: { P: { Default: '2' } } },
      ['UnknownEffect'],
    ],
    ['a condition is another one', { Conditions: { C: true } }, { Conditions: { C: false } }, ['UnknownEffect']],
    ['a transform makes another template of it', {}, { Transform: 'AWS::Serverless-2016-10-31' }, ['UnknownEffect']],
    ['an export has another value', exported('a'), exported('b'), ['UnknownEffect']],
    ['an export is gone', exported('a'), {}, ['ExportRemoved']],
  ])('fails where %s', (_, before, after, found) => {
    expect(codes(before, after)).toEqual(found);
  });

  test.each([
    ['a parameter is added', {}, { Parameters: { P: {} } }],
    ['an export is added', {}, exported('a')],
    ['an output without an export is gone', { Outputs: { It: { Value: 'a' } } }, {}],
    ['its description and metadata change', { Description: 'a' }, { Description: 'b', Metadata: { a: 1 } }],
  ])('passes where %s', (_, before, after) => {
    expect(codes(before, after)).toEqual([]);
  });
});

test.each([
  ['10.0.0.0/8', true],
  ['10.1.2.3/32', true],
  ['172.31.0.0/16', true],
  ['192.168.1.0/24', true],
  ['127.0.0.1/32', true],
  ['fd12:3456::/32', true],
  ['10.0.0.0/7', false],
  ['172.32.0.0/16', false],
  ['172.16.0.0/11', false],
  ['0.0.0.0/1', false],
  ['128.0.0.0/1', false],
  ['8.8.8.8/32', false],
  ['2000::/3', false],
  ['f000::/4', false],
  ['', false],
])('an address of %s is private: %s', (CidrIp, is) => {
  expect(codesOf('AWS::EC2::SecurityGroupIngress', undefined, { CidrIp })).toEqual(is ? [] : ['OpenedToAnyone']);
});
