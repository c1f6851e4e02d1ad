import { BIGINT, BOOLEAN, INTEGER, VARCHAR } from '../analysis/type.ts';
import { coerce } from '../analysis/cast.ts';
import { typed, type Typed } from '../analysis/typed.ts';
import { arity, define, form, type Call, type ScalarFunction } from './definition.ts';
import { arrayOf, text, textOf, textsOf } from './parameters.ts';

/** Each match by what a lambda makes of its groups; null where it makes a null of one. */
function replaceBy(call: Call): Typed {
  const [x, pattern] = [0, 1].map((index) => coerce(call.value(index), VARCHAR)) as [string, string];
  const groups = call.variable();
  const by = call.lambda(2, [typed(groups, arrayOf(VARCHAR))]);
  const parts = `list_transform(hw_regexp_groups(${x}, ${pattern}), lambda ${groups}: ${coerce(by, VARCHAR)})`;
  return typed(`hw_interleaved(hw_regexp_split(${x}, ${pattern}), ${parts})`, VARCHAR);
}

const replace: ScalarFunction = (call) => {
  arity(call, 2, 3);
  if (call.args[2]?.kind === 'lambda') return replaceBy(call);
  const [x, pattern] = [0, 1].map((index) => coerce(call.value(index), VARCHAR));
  const by = call.args.length === 2 ? typed("''", { kind: 'varchar', length: 0 }) : call.value(2);
  const length = textOf((own = 0, most = 0) => own + Math.max(Math.floor((own * most) / 2), most) * (own + 1));
  return typed(`hw_regexp_replace(${x}, ${pattern}, ${coerce(by, VARCHAR)})`, length([call.value(0).type, by.type]));
};

export const REGULAR_EXPRESSIONS: Readonly<Record<string, ScalarFunction>> = {
  regexp_like: define(form([VARCHAR, VARCHAR], BOOLEAN, (x, pattern) => `hw_regexp_like(${x}, ${pattern})`)),
  regexp_extract: define(
    form([text, text], textOf(), (x, pattern) => `hw_regexp_extract(${x}, ${pattern}, 0)`),
    form([text, text, BIGINT], textOf(), (x, pattern, group) => `hw_regexp_extract(${x}, ${pattern}, ${group})`),
  ),
  regexp_extract_all: define(
    form([text, text], textsOf, (x, pattern) => `hw_regexp_extract_all(${x}, ${pattern}, 0)`),
    form([text, text, BIGINT], textsOf, (x, pattern, group) => `hw_regexp_extract_all(${x}, ${pattern}, ${group})`),
  ),
  regexp_count: define(form([VARCHAR, VARCHAR], BIGINT, (x, pattern) => `hw_regexp_count(${x}, ${pattern})`)),
  regexp_split: define(form([text, text], textsOf, (x, pattern) => `hw_regexp_split(${x}, ${pattern})`)),
  regexp_position: define(
    form([VARCHAR, VARCHAR], INTEGER, (x, pattern) => `hw_regexp_position(${x}, ${pattern}, 1, 1)`),
    form([VARCHAR, VARCHAR, BIGINT], INTEGER, (x, pattern, start) => `hw_regexp_position(${x}, ${pattern}, ${start}, 1)`),
    form(
      [VARCHAR, VARCHAR, BIGINT, BIGINT],
      INTEGER,
      (x, pattern, start, nth) => `hw_regexp_position(${x}, ${pattern}, ${start}, ${nth})`,
    ),
  ),
  regexp_replace: replace,
};
