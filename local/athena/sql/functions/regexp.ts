import { BIGINT, BOOLEAN, INTEGER, VARCHAR } from '../analysis/type.ts';
import { coerce } from '../analysis/cast.ts';
import { typed } from '../analysis/typed.ts';
import { failAt } from '../syntax/token.ts';
import { arity, define, form, type ScalarFunction } from './definition.ts';
import { text, textOf, textsOf } from './parameters.ts';

const replace: ScalarFunction = (call) => {
  arity(call, 2, 3);
  if (call.args[2]?.kind === 'lambda')
    throw failAt(call.place, 'NOT_SUPPORTED', "'regexp_replace' with a function is not on the tested list of headwaters local");
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
