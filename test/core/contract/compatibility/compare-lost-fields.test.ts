import type { Column, ColumnType } from '../../../../core/contract/model.ts';
import { BIGINT, column, STRING } from './fixtures.ts';
import { changesOfTypes, told } from './told.ts';

const object = (...fields: readonly Column[]): ColumnType => ({ kind: 'object', fields });
const list = (items: ColumnType): ColumnType => ({ kind: 'array', items });
const map = (values: ColumnType): ColumnType => ({ kind: 'map', values });

const CLOSE = { classification: 'confidential', tags: ['personal'] } as const;
const email = column('email', STRING, CLOSE);
const BOTH = ['ClassificationLowered d.v.email', 'PersonalMarkRemoved d.v.email'];

const guardsLost = (before: ColumnType, after: ColumnType, rest: Partial<Column> = {}): string[] =>
  changesOfTypes(before, after, rest)
    .filter(({ code }) => ['ClassificationLowered', 'PersonalMarkRemoved', 'ProtectionWeakened'].includes(code))
    .map(({ code, path }) => `${code} ${path}`);

test.each<[string, ColumnType, ColumnType, string[]]>([
  ['an object becomes a map', object(email), map(STRING), BOTH],
  ['an object becomes a text', object(email), STRING, BOTH],
  ['an object becomes a list of other objects', object(email), list(object(column('phone', STRING))), BOTH],
  ['a field of that name says less', object(email), list(object(column('email', STRING))), BOTH],
  [
    'items become maps',
    list(object(email)),
    list(map(STRING)),
    ['ClassificationLowered d.v[].email', 'PersonalMarkRemoved d.v[].email'],
  ],
  [
    'values of a map become numbers',
    map(object(email)),
    map(BIGINT),
    ['ClassificationLowered d.v{}.email', 'PersonalMarkRemoved d.v{}.email'],
  ],
  [
    'an object deeper within becomes a map',
    object(column('who', object(email))),
    object(column('who', map(STRING))),
    ['ClassificationLowered d.v.who.email', 'PersonalMarkRemoved d.v.who.email'],
  ],
  [
    'a field deeper within goes with all of it',
    object(column('who', list(object(email)))),
    map(STRING),
    ['ClassificationLowered d.v.who[].email', 'PersonalMarkRemoved d.v.who[].email'],
  ],
  ['a field was masked', object(column('email', STRING, { protection: 'mask' })), map(STRING), ['ProtectionWeakened d.v.email']],
])('what a field said of a person is lost where %s', (_, before, after, expected) => {
  expect(guardsLost(before, after)).toEqual(expected);
});

test.each<[string, ColumnType, ColumnType, Partial<Column>]>([
  ['an object of fields that say nothing becomes a map', object(column('note', STRING)), map(STRING), {}],
  ['an object becomes a list of the same', object(email), list(object(email)), {}],
  ['its column says as much', object(email), map(STRING), CLOSE],
  ['its column is not stored', object(column('email', STRING, { protection: 'mask' })), map(STRING), { protection: 'drop' }],
  ['a map becomes an object', map(STRING), object(email), {}],
  ['an object has one field fewer', object(email, column('note', STRING)), object(column('note', STRING)), {}],
])('nothing is lost where %s', (_, before, after, rest) => {
  expect(guardsLost(before, after, rest)).toEqual([]);
});

test('says which object declares the field no more', () => {
  const change = changesOfTypes(object(email), map(STRING)).find(({ code }) => code === 'ClassificationLowered');
  expect(change === undefined ? '' : told(change)).toBe('ClassificationLowered breaking d.v.email (privacy): major version');
  expect(change?.reason).toBe(
    "from 'confidential' to 'internal': more people may see it, as 'd.v' is no longer object but map, and declares the field no more",
  );
});
