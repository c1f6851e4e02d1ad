import { expectBelowQuadratic } from './below-quadratic.ts';

const TEXT = '1'.repeat(16_384);

test('work in linear time is below, one that seems slow once too', () => {
  let runs = 0;
  expectBelowQuadratic(TEXT.length, () => {
    runs += 1;
    (runs === 1 ? /\d+x/u : /x/u).test(TEXT + TEXT); // four times the measure at first
  });
  expect(runs).toBe(2);
});

test('quadratic work is not', () => {
  expect(() => {
    expectBelowQuadratic(TEXT.length, () => /\d+x/u.test(TEXT + TEXT));
  }).toThrow('to be less than 1');
});
