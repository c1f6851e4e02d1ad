import { literal } from '../../../parquet/engine.ts';
import { BIGINT, BOOLEAN, INTEGER, VARCHAR } from '../analysis/type.ts';
import { coerce } from '../analysis/cast.ts';
import { typed } from '../analysis/typed.ts';
import { failAt } from '../syntax/token.ts';
import { arity, constant, define, form, type Call, type ScalarFunction } from './definition.ts';
import { arrayOf } from './parameters.ts';

const TEXTS = arrayOf(VARCHAR);

/** Java's `$1` and `\$` in the engine's words. @throws QueryError NOT_SUPPORTED for a group by name */
function replacement(call: Call): string {
  const text = constant(call, 2);
  return text.replaceAll(/\\(.)|\$(\d)|\$(.?)/gs, (part, escaped?: string, group?: string) => {
    if (escaped !== undefined) return escaped === '\\' ? '\\\\' : escaped;
    if (group !== undefined) return `\\${group}`;
    throw failAt(call.place, 'NOT_SUPPORTED', `'${part}' in a replacement is not on the tested list of headwaters local`);
  });
}

const replace: ScalarFunction = (call) => {
  arity(call, 2, 3);
  if (call.args[2]?.kind === 'lambda')
    throw failAt(call.place, 'NOT_SUPPORTED', "'regexp_replace' with a function is not on the tested list of headwaters local");
  const [x, pattern] = [0, 1].map((index) => coerce(call.value(index), VARCHAR));
  const by = call.args.length === 2 ? '' : replacement(call);
  return typed(`regexp_replace(${x}, ${pattern}, ${literal(by)}, 'g')`, VARCHAR);
};

export const REGULAR_EXPRESSIONS: Readonly<Record<string, ScalarFunction>> = {
  regexp_like: define(form([VARCHAR, VARCHAR], BOOLEAN, (x, pattern) => `regexp_matches(${x}, ${pattern})`)),
  regexp_extract: define(
    form([VARCHAR, VARCHAR], VARCHAR, (x, pattern) => `hw_regexp_extract(${x}, ${pattern}, 0)`),
    form(
      [VARCHAR, VARCHAR, BIGINT],
      VARCHAR,
      (x, pattern, group) => `hw_regexp_extract(${x}, ${pattern}, cast(${group} as INTEGER))`,
    ),
  ),
  regexp_extract_all: define(
    form([VARCHAR, VARCHAR], TEXTS, (x, pattern) => `regexp_extract_all(${x}, ${pattern})`),
    form(
      [VARCHAR, VARCHAR, BIGINT],
      TEXTS,
      (x, pattern, group) => `regexp_extract_all(${x}, ${pattern}, cast(${group} as INTEGER))`,
    ),
  ),
  regexp_count: define(
    form([VARCHAR, VARCHAR], BIGINT, (x, pattern) => `cast(len(regexp_extract_all(${x}, ${pattern})) as BIGINT)`),
  ),
  regexp_split: define(form([VARCHAR, VARCHAR], TEXTS, (x, pattern) => `string_split_regex(${x}, ${pattern})`)),
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
