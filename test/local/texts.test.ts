import { texts } from '../../local/texts.ts';

test('keeps texts by any name', () => {
  const saved = JSON.parse('{"__proto__":"x","a":"b"}') as unknown;
  expect(Object.entries(texts.parse(saved))).toEqual([
    ['__proto__', 'x'],
    ['a', 'b'],
  ]);
});

test.each([[[]], [null], ['a'], [{ a: 1 }]])('fails on %j', (saved) => {
  expect(texts.safeParse(saved).success).toBe(false);
});
