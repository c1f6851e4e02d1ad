import { filtersIn, isPlainFilter } from '../../../local/athena/plan-filter.ts';

test.each([
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ["x='1", "2'", 'y=3'],
    ["x='1\n2'", 'y=3'],
  ],
  [["x='it''s", "so'"], ["x='it''s\nso'"]],
  [['y=3', "x='never closed"], ['y=3']],
  [[], []],
])('filters are put together again where a text had lines: %j', (pieces, filters) => {
  expect(filtersIn(pieces)).toEqual(filters);
});

test.each([
  "hw0_1_ = 'a' AND hw0_2_ >= '2024-01-01'",
  "(CAST(hw0_1_ AS DATE) BETWEEN '2024-01-01'::DATE AND '2024-02-01'::DATE)",
  `(hw_date_parse(hw0_1_, 'a') IS DISTINCT FROM '2024-01-01'::DATE)`,
  `("substring"(hw0_1_, 9) = '03')`,
  "hw0_1_ IN ('a', 'b; drop', 'it''s')",
  "prefix(hw0_1_, '2024') OR hw0_2_ IS NULL",
])('is asked of the engine: %s', (filter) => {
  expect(isPlainFilter(filter)).toBe(true);
});

test.each([
  "hw0_1_ > 0; copy (select 42 as a) to 'file.csv'",
  'hw0_1_ > (select 1)',
  'hw0_1_ > (from (hw0_1_))',
  'hw0_1_ > (select(1))',
  'hw0_1_ in (values(1))',
  'exists(hw0_1_)',
  "hw0_1_ = 'a' -- b",
  'hw0_1_ = /* b */ 1',
  'hw0_1_ = $$a$$',
  'hw0_1_ = "other"',
  "hw0_1_ = 'open",
  'hw0_1_ in [a, b]',
  'hw0_1_ = (describe other)',
])('is not asked of the engine: %s', (filter) => {
  expect(isPlainFilter(filter)).toBe(false);
});
