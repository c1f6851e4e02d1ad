import { definition, pass, states } from './rig.ts';

const outputOf = (expression: string) => states(definition({ A: pass({ Output: `{% ${expression} %}` }) })).run({ none: null });

it.each(['$sum', 'function($x){ $x }', '{"a": [$sum]}', '/a/'])('fails for %s, whose value is a function', async (expression) => {
  expect((await outputOf(expression)).error).toBe('States.QueryEvaluationError');
});

it.each(['$partition(5, 2)', '$partition([1], 0)', '$partition([1], -1)', '$partition([1], 0.5)', '$hash(1, "MD5")'])(
  'fails for %s',
  async (expression) => {
    expect((await outputOf(expression)).error).toBe('States.QueryEvaluationError');
  },
);

it('fails for one that never ends', async () => {
  expect((await outputOf('($f := function($n){ $f($n + 1) }; $f(0))')).cause).toContain('it takes too long');
}, 30_000);

it('hands on null, and one value of a sequence without its list', async () => {
  expect((await outputOf('$states.input.none')).output).toBeNull();
  expect((await outputOf('[1, 2, 3][$ > 2]')).output).toBe(3);
});
