import { parseFilterPolicy, type FilterScope } from '../../../../local/sns/filter-policy.ts';
import type { MessageAttribute } from '../../../../local/sns/message-attributes.ts';
import { TOPIC, topics } from '../../sns/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const FILTERING = recorded('sns/test_sns_filter_policy');
const guide = (page: string): string => `https://docs.aws.amazon.com/sns/latest/dg/${page}.html`;
const NOTICE = { topicArn: TOPIC, subject: undefined, message: '', messageId: 'm', time: 0 };

/** Whether attributes are meant by a policy of them. */
const meant = (policy: object, attributes: Readonly<Record<string, MessageAttribute>>): boolean =>
  parseFilterPolicy(policy, 'MessageAttributes')({ ...NOTICE, attributes: new Map(Object.entries(attributes)) });
const inBody = (policy: object, message: unknown): boolean =>
  parseFilterPolicy(
    policy,
    'MessageBody',
  )({
    ...NOTICE,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  });
const text = (value: string) => ({ type: 'String', value });
const number = (value: number) => ({ type: 'Number', value: String(value) });
const list = (...value: readonly unknown[]) => ({ type: 'String.Array', value: JSON.stringify(value) });

/** Why a policy is refused. */
function reason(policy: object, scope: FilterScope = 'MessageAttributes'): string {
  try {
    parseFilterPolicy(policy, scope);
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
const values = (count: number) => Array.from({ length: count }, (_, index) => `value${index}`);

/** Which notices those who subscribe mean. */
export const snsFiltering: FactTable = {
  service: 'SNS, filtering',
  facts: [
    {
      says: 'only who means a notice is told it, by its attributes or by the body that is for its protocol',
      basis: 'documented',
      source: guide('sns-subscription-filter-policies'),
      holds: () => {
        const { ask, subscribe, told } = topics();
        subscribe({ endpoint: 'body', accepts: parseFilterPolicy({ kind: ['a'] }, 'MessageBody') });
        subscribe({ endpoint: 'attributes', accepts: parseFilterPolicy({ kind: ['a'] }, 'MessageAttributes') });
        subscribe({ endpoint: 'all' });
        const Message = JSON.stringify({ default: '{}', lambda: '{"kind":"a"}' });
        ask('Publish', { TopicArn: TOPIC, Message, MessageStructure: 'json' });
        expect(told.map(({ to }) => to.endpoint)).toEqual(['body', 'all']);
      },
    },
    {
      says: 'a value of an attribute or of a list of them is meant by one that is the same, by a prefix, a suffix, in any case, or by what it is not',
      basis: 'documented',
      source: guide('string-value-matching'),
      holds: () => {
        const by = (filter: unknown, value = 'rugby') => meant({ a: [filter] }, { a: text(value) });
        for (const filter of [
          'rugby',
          { prefix: 'rug' },
          { suffix: 'by' },
          { 'equals-ignore-case': 'RUGBY' },
          { 'anything-but': ['tennis'] },
          { 'anything-but': { prefix: 'ten' } },
        ])
          expect([by(filter), by(filter, 'tennis')]).toEqual([true, false]);
        expect(meant({ a: ['rugby', 'tennis'] }, { a: list('golf', 'tennis') })).toBe(true);
        expect(meant({ a: ['rugby'] }, { a: list('golf', 'tennis') })).toBe(false);
        expect(meant({ a: ['rugby'] }, { b: text('rugby') })).toBe(false);
      },
    },
    {
      says: 'a filter of cidr means the addresses of a network',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const by = (ip: string) => inBody({ detail: { ip: [{ cidr: '10.0.0.0/24' }] } }, { detail: { ip } });
        expect([by('10.0.0.255'), by('10.0.1.1')]).toEqual([true, false]);
        expect(reason({ key: [{ cidr: 'bad-filter' }] })).toBe("Malformed CIDR, one '/' required");
        expect(reason({ key: [{ cidr: 'bad-filter/64' }] })).toBe('Nonstandard IP address: bad-filter');
      },
    },
    {
      says: 'numeric means attributes of type Number, and no text of digits',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const policy = { a: [{ numeric: ['>', 0, '<=', 100] }] };
        expect(meant(policy, { a: number(99) })).toBe(true);
        expect(meant(policy, { a: number(111) })).toBe(false);
        expect(meant(policy, { a: text('99') })).toBe(false);
      },
    },
    {
      says: 'exists true means whatever has the attribute, exists false whatever has not',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const policy = { store: [{ exists: true }], def: ['ab', 'cd'], other: [{ exists: false }] };
        expect(meant(policy, { store: text('x'), def: text('ab') })).toBe(true);
        expect(meant(policy, { def: text('ab') })).toBe(false);
        expect(meant(policy, { store: text('x'), def: text('ab'), other: text('y') })).toBe(false);
      },
    },
    {
      says: 'what is binary is not compared, and of a String.Array true, false and null are values, too',
      basis: 'documented',
      source: guide('subscription-filter-policy-constraints'),
      holds: () => {
        expect(meant({ a: ['AgME'] }, { a: { type: 'Binary', value: 'AgME' } })).toBe(false);
        for (const value of [true, null, 7]) expect(meant({ a: [value] }, { a: list(value) })).toBe(true);
      },
    },
    {
      says: 'a policy of the body reaches into it, through lists of objects and by keys with dots; a body that is no JSON object is not meant',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const policy = { object: { key: [{ prefix: 'auto-' }, 'fixed'], nested: [{ exists: false }] } };
        expect(inBody(policy, { object: { key: 'auto-x' } })).toBe(true);
        expect(inBody(policy, { object: { key: 'fixed', nested: 1 } })).toBe(false);
        expect(inBody({ Records: { s3: { key: ['a'] } } }, { Records: [{ s3: { key: 'b' } }, { s3: { key: 'a' } }] })).toBe(true);
        expect(inBody({ 'object.key': ['fixed'] }, { object: { key: 'fixed' } })).toBe(true);
        expect(inBody({ detail: { version: [''] } }, { resources: [], detail: { version: '', none: null } })).toBe(true);
        for (const body of ['plain', '["list"]', '"text"']) expect(inBody(policy, body)).toBe(false);
      },
    },
    {
      says: '$or means what one of its policies means',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const policy = { source: ['app'], $or: [{ size: [{ numeric: ['>', 10] }] }, { kind: ['big'] }] };
        expect(meant(policy, { source: text('app'), kind: text('big') })).toBe(true);
        expect(meant(policy, { source: text('app'), size: number(11) })).toBe(true);
        expect(meant(policy, { source: text('app'), size: number(1) })).toBe(false);
        expect(inBody(policy, { source: 'other', kind: 'big' })).toBe(false);
      },
    },
    {
      says: 'a policy of attributes has no objects within it',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const nested = { object: { key: ['a'] } };
        expect(reason(nested)).toBe('Filter policy scope MessageAttributes does not support nested filter policy');
        expect(reason(nested, 'MessageBody')).toBe('taken');
      },
    },
    {
      says: 'a policy has 5 keys at most and 150 combinations of values, where alternatives of $or add up',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const [many, complex] = ['Filter policy can not have more than 5 keys', 'Filter policy is too complex'];
        const keys = (count: number) => Object.fromEntries(values(count).map((key) => [key, ['x']]));
        expect([reason(keys(5)), reason(keys(6))]).toEqual(['taken', many]);
        expect([reason({ a: values(150) }), reason({ a: values(151) })]).toEqual(['taken', complex]);
        expect(reason({ a: values(100), b: values(51) })).toBe(complex);
        const either = (count: number) => ({
          source: values(4),
          $or: [{ name: values(count) }, { kind: values(4), $or: [{ id: values(4) }, { space: values(4) }] }],
        });
        expect([reason(either(5)), reason(either(6))]).toEqual(['taken', complex]);
      },
    },
    {
      says: 'a filter that there is not, two in one, a list in a list and no list are refused in words of their own',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        for (const [policy, why] of [
          [{ key: [['value']] }, 'Match value must be String, number, true, false, or null'],
          [{ key: [{ 'wrong-operator': true }] }, 'Unrecognized match type wrong-operator'],
          [{ key: [{ suffix: 'value', prefix: 'value2' }] }, 'Only one key allowed in match expression'],
          [{ key: [] }, 'Empty arrays are not allowed'],
          [{ key: [{ suffix: 100 }] }, 'suffix match pattern must be a string'],
          [{ key: [{ suffix: null }] }, 'suffix match pattern must be a string'],
          [{ key: [{ suffix: ['test'] }] }, 'suffix match pattern must be a string'],
          [{ key: { suffix: 'value' } }, '"suffix" must be an object or an array'],
          [{ key: [{ exists: 'no' }] }, 'exists match pattern must be either true or false.'],
        ] as const)
          expect(reason(policy)).toBe(why);
      },
    },
    {
      says: 'within anything-but SNS has prefix alone, of a text',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const but = (given: object) => reason({ key: [{ 'anything-but': given }] });
        expect(but({ 'wrong-operator': null })).toBe('Unsupported anything-but pattern: wrong-operator');
        expect(but({ suffix: 'test' })).toBe('Unsupported anything-but pattern: suffix');
        expect(but({ exists: false })).toBe('Unsupported anything-but pattern: exists');
        expect(but({ prefix: false })).toBe('prefix match pattern must be a string');
        expect(but({ prefix: 'test' })).toBe('taken');
      },
    },
    {
      says: 'wildcard, which EventBridge has, is refused as no filter of SNS',
      basis: 'undecided',
      source: guide('string-value-matching'),
      holds: () => {
        expect(reason({ key: [{ wildcard: 'a*' }] })).toBe('Unrecognized match type wildcard');
      },
    },
    {
      says: 'bounds of numeric are an operator and a number each, a lower one first, and it below the upper one',
      basis: 'observed',
      source: FILTERING,
      holds: () => {
        const bounds = (...numeric: readonly unknown[]) => reason({ key: [{ numeric }] });
        for (const [given, why] of [
          [[], 'Invalid member in numeric match: ]'],
          [['operator'], 'Unrecognized numeric range operator: operator'],
          [[1, '<='], 'Invalid member in numeric match: 1'],
          [['=', '000'], 'Value of equals must be numeric'],
          [['>='], 'Value of >= must be numeric'],
          [['<', 100, '>', 10], 'Too many elements in numeric expression'],
          [['>=', 1, '>', 2], 'Bad numeric range operator: >'],
          [['>', 3, '<', 1], 'Bottom must be less than top'],
          [['>', 20, '<='], 'Value of <= must be numeric'],
          [['>', 20, 30], 'Bad value in numeric range: 30'],
          [['>', 20, 'test'], 'Bad numeric range operator: test'],
          [['>', '20', '<', '30'], 'Value of > must be numeric'],
          [['>', 20, '<', '30'], 'Value of < must be numeric'],
          [['>', 20, '<', 30, '<', 50], 'Too many terms in numeric range expression'],
        ] as const)
          expect(bounds(...given)).toBe(why);
        expect(bounds('>', 20, '<=', 30)).toBe('taken');
      },
    },
  ],
};
