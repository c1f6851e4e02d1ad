import type { Column, ColumnType } from '../../../../core/contract/model.ts';
import { BIGINT, column, INT, STRING } from './fixtures.ts';
import { bareDataset, changesOfTypes, told, toldOf } from './told.ts';

const text = (rules: object): ColumnType => ({ kind: 'string', ...rules });
const int = (rules: object): ColumnType => ({ kind: 'integer', bits: 32, ...rules });
const double = (rules: object): ColumnType => ({ kind: 'double', ...rules });
const decimal = (rules: object): ColumnType => ({ kind: 'decimal', precision: 10, scale: 2, ...rules });
const list = (rules: object): ColumnType => ({ kind: 'array', items: STRING, ...rules });
const map = (rules: object): ColumnType => ({ kind: 'map', values: STRING, ...rules });
const object = (rules: object): ColumnType => ({ kind: 'object', fields: [], ...rules });

const tighter = (code: string, path = 'd.v') => `${code} breaking ${path} (producers): major version`;
const looser = (code: string, path = 'd.v') => `${code} additive ${path}: minor version`;
const same = (path = 'd.v') => `RuleRestated metadata ${path}: nothing`;

test.each<[string, ColumnType, ColumnType, string[]]>([
  ['a greatest length', STRING, text({ maxLength: 5 }), [tighter('LengthTightened')]],
  ['a shorter greatest length', text({ maxLength: 6 }), text({ maxLength: 5 }), [tighter('LengthTightened')]],
  ['a longer greatest length', text({ maxLength: 5 }), text({ maxLength: 6 }), [looser('LengthLoosened')]],
  ['no greatest length', text({ maxLength: 5 }), STRING, [looser('LengthLoosened')]],
  ['a longer least length', text({ minLength: 1 }), text({ minLength: 2 }), [tighter('LengthTightened')]],
  ['a shorter least length', text({ minLength: 2 }), text({ minLength: 1 }), [looser('LengthLoosened')]],
  ['a least length of nothing', STRING, text({ minLength: 0 }), [same()]],
  [
    'lengths that are shifted',
    text({ minLength: 2, maxLength: 4 }),
    text({ minLength: 3, maxLength: 5 }),
    [tighter('LengthTightened'), looser('LengthLoosened')],
  ],
  ['a pattern', STRING, text({ pattern: '^a' }), [tighter('PatternAdded')]],
  ['another pattern', text({ pattern: '^a' }), text({ pattern: '^b' }), [tighter('PatternChanged')]],
  ['no pattern', text({ pattern: '^a' }), STRING, [looser('PatternRemoved')]],
  ['a format', STRING, text({ format: 'uuid' }), [tighter('FormatAdded')]],
  ['another format', text({ format: 'ipv4' }), text({ format: 'ipv6' }), [tighter('FormatChanged')]],
  ['no format', text({ format: 'uuid' }), STRING, [looser('FormatRemoved')]],
  ['a least value', INT, int({ minimum: '0' }), [tighter('RangeTightened')]],
  ['a higher least value', int({ minimum: '0' }), int({ minimum: '1' }), [tighter('RangeTightened')]],
  ['a lower least value', int({ minimum: '0' }), int({ minimum: '-1' }), [looser('RangeLoosened')]],
  ['no least value', int({ minimum: '0' }), INT, [looser('RangeLoosened')]],
  ['a lower greatest value', int({ maximum: '10' }), int({ maximum: '9' }), [tighter('RangeTightened')]],
  ['a higher greatest value', int({ maximum: '9' }), int({ maximum: '10' }), [looser('RangeLoosened')]],
  [
    'a range that is shifted',
    int({ minimum: '0', maximum: '9' }),
    int({ minimum: '1', maximum: '10' }),
    [tighter('RangeTightened'), looser('RangeLoosened')],
  ],
  [
    'the same least value, now excluded',
    double({ minimum: '0' }),
    double({ exclusiveMinimum: '0' }),
    [tighter('RangeTightened')],
  ],
  [
    'the same greatest value, now included',
    double({ exclusiveMaximum: '1' }),
    double({ maximum: '1' }),
    [looser('RangeLoosened')],
  ],
  ['a bound of integers said by the next one', int({ minimum: '1' }), int({ exclusiveMinimum: '0' }), [same()]],
  ['a bound of integers between two', int({ minimum: '0.5' }), int({ minimum: '1' }), [same()]],
  ['a bound below zero between two', int({ maximum: '-0.5' }), int({ maximum: '-1' }), [same()]],
  ['a bound with one more zero', decimal({ minimum: '1.5' }), decimal({ minimum: '1.50' }), [same()]],
  ['a bound beyond 2^53', BIGINT, { kind: 'integer', bits: 64, maximum: '9007199254740993' }, [tighter('RangeTightened')]],
  [
    'a bound that is one more beyond 2^53',
    { kind: 'integer', bits: 64, maximum: '9007199254740993' },
    { kind: 'integer', bits: 64, maximum: '9007199254740992' },
    [tighter('RangeTightened')],
  ],
  ['the greatest value of the type, written down', INT, int({ maximum: '2147483647' }), [same()]],
  ['the greatest decimal, written down', decimal({}), decimal({ maximum: '99999999.99' }), [same()]],
  ['a decimal just below the greatest', decimal({}), decimal({ maximum: '99999999.98' }), [tighter('RangeTightened')]],
  [
    'a later first day',
    { kind: 'date', minimum: '2001-01-01' },
    { kind: 'date', minimum: '2001-01-02' },
    [tighter('RangeTightened')],
  ],
  [
    'a later last day',
    { kind: 'date', maximum: '2001-01-01' },
    { kind: 'date', maximum: '2001-01-02' },
    [looser('RangeLoosened')],
  ],
  [
    'an earlier last time of day',
    { kind: 'time', maximum: '22:00:00' },
    { kind: 'time', maximum: '21:59:59.5' },
    [tighter('RangeTightened')],
  ],
  ['a time of day with zeros', { kind: 'time', maximum: '22:00:00' }, { kind: 'time', maximum: '22:00:00.000' }, [same()]],
  [
    'a first time',
    { kind: 'timestamp', zonelessIsUtc: true },
    { kind: 'timestamp', zonelessIsUtc: true, exclusiveMinimum: '2001-01-01 00:00:00.000' },
    [tighter('RangeTightened')],
  ],
  [
    'a zone that must be said',
    { kind: 'timestamp', zonelessIsUtc: true },
    { kind: 'timestamp', zonelessIsUtc: false },
    [tighter('ZoneDemanded')],
  ],
  [
    'a zone that need not be said',
    { kind: 'timestamp', zonelessIsUtc: false },
    { kind: 'timestamp', zonelessIsUtc: true },
    [looser('ZoneAssumed')],
  ],
  [
    'a day excluded before the first',
    { kind: 'date', minimum: '2001-01-01' },
    { kind: 'date', exclusiveMinimum: '2000-12-31' },
    [same()],
  ],
  [
    'a day more at the end of the calendar',
    { kind: 'date', maximum: '9999-12-30' },
    { kind: 'date', maximum: '9999-12-31' },
    [looser('RangeLoosened')],
  ],
  ['the first of all times of day', { kind: 'time' }, { kind: 'time', minimum: '00:00:00' }, [same()]],
  ['a bound between two steps', int({ multipleOf: '5', maximum: '13' }), int({ multipleOf: '5', maximum: '10' }), [same()]],
  ['a step', INT, int({ multipleOf: '5' }), [tighter('MultipleOfTightened')]],
  [
    'a step of one value that has it',
    int({ minimum: '5', maximum: '5' }),
    int({ minimum: '5', maximum: '5', multipleOf: '5' }),
    [same()],
  ],
  ['a step of one', INT, int({ multipleOf: '1' }), [same()]],
  ['a step of the last digit', decimal({}), decimal({ multipleOf: '0.01' }), [same()]],
  ['a step of a tenth', decimal({}), decimal({ multipleOf: '0.1' }), [tighter('MultipleOfTightened')]],
  ['a step of a double', double({}), double({ multipleOf: '0.1' }), [tighter('MultipleOfTightened')]],
  ['a step that is twice as long', int({ multipleOf: '5' }), int({ multipleOf: '10' }), [tighter('MultipleOfTightened')]],
  ['a step that is half as long', int({ multipleOf: '10' }), int({ multipleOf: '5' }), [looser('MultipleOfLoosened')]],
  [
    'a step that is another',
    int({ multipleOf: '2' }),
    int({ multipleOf: '3' }),
    [tighter('MultipleOfTightened'), looser('MultipleOfLoosened')],
  ],
  ['no step', int({ multipleOf: '5' }), INT, [looser('MultipleOfLoosened')]],
  ['more items at least', list({ minItems: 1 }), list({ minItems: 2 }), [tighter('ItemCountTightened')]],
  ['more items at most', list({ maxItems: 1 }), list({ maxItems: 2 }), [looser('ItemCountLoosened')]],
  ['items that must differ', list({}), list({ uniqueItems: true }), [tighter('UniqueItemsAdded')]],
  ['items that need not differ', list({ uniqueItems: true }), list({}), [looser('UniqueItemsRemoved')]],
  ['items that need not differ, said aloud', list({}), list({ uniqueItems: false }), [same()]],
  ['a closed list of items', list({}), list({ validValues: ['a'] }), [tighter('ValidValuesAdded', 'd.v[]')]],
  [
    'a longer list of items',
    list({ validValues: ['a'] }),
    list({ validValues: ['a', 'b'] }),
    [looser('ValidValuesExtended', 'd.v[]')],
  ],
  [
    'a shorter list of items',
    list({ validValues: ['a', 'b'] }),
    list({ validValues: ['a'] }),
    [tighter('ValidValuesCut', 'd.v[]')],
  ],
  ['an open list of items', list({ validValues: ['a'] }), list({}), [looser('ValidValuesRemoved', 'd.v[]')]],
  ['more keys at least', map({}), map({ minProperties: 1 }), [tighter('KeyCountTightened')]],
  ['fewer keys at least', map({ minProperties: 1 }), map({}), [looser('KeyCountLoosened')]],
  ['fewer keys of an object at most', object({ maxProperties: 3 }), object({ maxProperties: 2 }), [tighter('KeyCountTightened')]],
  ['more keys of an object at most', object({ maxProperties: 2 }), object({ maxProperties: 3 }), [looser('KeyCountLoosened')]],
])('%s', (_what, before, after, expected) => {
  expect(changesOfTypes(before, after).map(told)).toEqual(expected);
});

const listed = (...validValues: string[]): Partial<Column> => ({ validValues });
test.each<[string, Partial<Column>, Partial<Column>, string[]]>([
  ['a closed list', {}, listed('a'), [tighter('ValidValuesAdded')]],
  ['one more value', listed('a'), listed('a', 'b'), [looser('ValidValuesExtended')]],
  ['one value less', listed('a', 'b'), listed('b'), [tighter('ValidValuesCut')]],
  ['one value for another', listed('a'), listed('b'), [tighter('ValidValuesCut'), looser('ValidValuesExtended')]],
  ['the same values in another order', listed('a', 'b'), listed('b', 'a'), [same()]],
  ['no list', listed('a'), {}, [looser('ValidValuesRemoved')]],
])('%s of a column', (_what, before, after, expected) => {
  expect(toldOf(bareDataset(column('v', STRING, before)), bareDataset(column('v', STRING, after)))).toEqual(expected);
});

test('says what a rule was and is', () => {
  expect(changesOfTypes(int({ minimum: '0', maximum: '9' }), int({ minimum: '0', exclusiveMaximum: '9' }))[0]?.reason).toBe(
    'from minimum 0, maximum 9 to minimum 0, exclusiveMaximum 9: values that were accepted are refused',
  );
});
