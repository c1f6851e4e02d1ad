import { placeOf, placeToken, shareAfter, shareFrom } from '../../local/pages.ts';

const self = (item: string): string => item;

test('a share by place names where the next begins, and the last names nothing', () => {
  expect(shareFrom(['a', 'b', 'c'], 0, 2)).toEqual({ items: ['a', 'b'], token: placeToken(2) });
  expect(shareFrom(['a', 'b', 'c'], 2, 2)).toEqual({ items: ['c'], token: undefined });
  expect(shareFrom(['a', 'b'], 0, 2)).toEqual({ items: ['a', 'b'], token: undefined });
  expect(shareFrom(['a', 'b'], 5, 2)).toEqual({ items: [], token: undefined });
});

test('a token of a place is read as written, and nothing else is', () => {
  expect([0, 7, 123_456_789].map((place) => placeOf(placeToken(place)))).toEqual([0, 7, 123_456_789]);
  for (const text of ['', '7', 'from 7', Buffer.from('from -1').toString('base64'), Buffer.from('from 7 ').toString('base64')])
    expect(placeOf(text)).toBeUndefined();
});

test('a share by key goes on after what was given, though that is gone or others came before it', () => {
  expect(shareAfter(['a', 'b', 'c', 'd'], self, undefined, 2)).toEqual({ items: ['a', 'b'], last: 'b' });
  expect(shareAfter(['a', 'c', 'd'], self, 'b', 2)).toEqual({ items: ['c', 'd'], last: undefined });
  expect(shareAfter(['a', 'aa', 'b', 'c', 'd'], self, 'b', 1)).toEqual({ items: ['c'], last: 'c' });
  expect(shareAfter(['a'], self, 'b', 1)).toEqual({ items: [], last: undefined });
});
