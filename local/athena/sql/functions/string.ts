import { BIGINT, BOOLEAN, DOUBLE, INTEGER, VARBINARY, VARCHAR, type Type } from '../analysis/type.ts';
import { cast, coerce } from '../analysis/cast.ts';
import { literal } from '../../../parquet/engine.ts';
import { typed } from '../analysis/typed.ts';
import { arity, constant, define, form, type Call, type ScalarFunction } from './definition.ts';
import { arrayOf, first, mapOf, text, textOf, textsOf } from './parameters.ts';

const TEXTS = arrayOf(VARCHAR);

const scalar = (returns: Type, sql: (...args: readonly string[]) => string, parameters = 1): ScalarFunction =>
  define(
    form(
      Array.from({ length: parameters }, () => VARCHAR),
      returns,
      sql,
    ),
  );

/** A part of a text, no longer than it. */
const partOf = (sql: (...args: readonly string[]) => string): ScalarFunction => define(form([text], textOf(), sql));

const substring = define(
  { parameters: [text, BIGINT], returns: first, sql: ([x, start]) => `hw_substring(${x}, ${start})` },
  { parameters: [text, BIGINT, BIGINT], returns: first, sql: ([x, start, length]) => `hw_substring(${x}, ${start}, ${length})` },
);

const pad = (name: string): ScalarFunction =>
  define(form([VARCHAR, BIGINT, VARCHAR], VARCHAR, (x, n, padding) => `hw_${name}(${x}, ${n}, ${padding})`));

/** Characters that Java's `Character.isWhitespace` knows. */
export const WHITESPACE = literal(
  '\t\n\v\f\r\u001c\u001d\u001e\u001f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000',
);

/** `format` is given each value as text, with a letter for what kind of value it was. */
function format(call: Call) {
  const pattern = constant(call, 0);
  const values = call.args.slice(1).map((_, index) => call.value(index + 1));
  const kinds = values.map(({ type }) => letter(type)).join('');
  const texts = values.map((value) =>
    value.type.kind === 'double' || value.type.kind === 'real'
      ? `hw_double_text(${value.sql})`
      : value.type.kind === 'json'
        ? value.sql
        : cast(value, VARCHAR),
  );
  return typed(`hw_format(${literal(pattern)}, ${literal(kinds)}, [${texts.join(', ')}]::VARCHAR[])`, VARCHAR);
}

function letter({ kind }: Type): string {
  if (['tinyint', 'smallint', 'integer', 'bigint'].includes(kind)) return 'd';
  if (kind === 'decimal' || kind === 'double' || kind === 'real') return 'f';
  if (kind === 'date' || kind === 'timestamp') return 't';
  return { time: 'c', timestamp_tz: 'z', boolean: 'b' }[kind as string] ?? 's';
}

const normalize: ScalarFunction = (call) => {
  arity(call, 2);
  const form = constant(call, 1);
  return typed(`hw_normalize(${coerce(call.value(0), VARCHAR)}, ${literal(form)})`, VARCHAR);
};

export const STRINGS: Readonly<Record<string, ScalarFunction>> = {
  length: define(
    form([VARCHAR], BIGINT, (x) => `length(${x})`),
    form([VARBINARY], BIGINT, (x) => `octet_length(${x})`),
  ),
  lower: define(form([text], first, (x) => `hw_lower(${x})`)),
  upper: define(form([text], first, (x) => `hw_upper(${x})`)),
  reverse: define(
    form([text], first, (x) => `hw_reverse(${x})`),
    { parameters: [(type) => (type.kind === 'array' ? type : undefined)], returns: first, sql: ([x]) => `list_reverse(${x})` },
  ),
  substr: substring,
  substring,
  strpos: define(
    form([VARCHAR, VARCHAR], BIGINT, (x, part) => `cast(strpos(${x}, ${part}) as BIGINT)`),
    form([VARCHAR, VARCHAR, BIGINT], BIGINT, (x, part, instance) => `hw_strpos(${x}, ${part}, ${instance})`),
  ),
  position: scalar(BIGINT, (part, x) => `cast(strpos(${x}, ${part}) as BIGINT)`, 2),
  starts_with: scalar(BOOLEAN, (x, start) => `starts_with(${x}, ${start})`, 2),
  ends_with: scalar(BOOLEAN, (x, end) => `ends_with(${x}, ${end})`, 2),
  lpad: pad('lpad'),
  rpad: pad('rpad'),
  ltrim: define(form([text], first, (x) => `ltrim(${x}, ${WHITESPACE})`)),
  rtrim: define(form([text], first, (x) => `rtrim(${x}, ${WHITESPACE})`)),
  replace: define(
    form([text, text], textOf(), (x, part) => `hw_replace(${x}, ${part}, '')`),
    form(
      [text, text, text],
      textOf((own = 0, _part, by = 0) => own + by * (own + 1)),
      (x, part, by) => `hw_replace(${x}, ${part}, ${by})`,
    ),
  ),
  split: define(
    form([text, text], textsOf, (x, by) => `hw_split(${x}, ${by})`),
    form([text, text, BIGINT], textsOf, (x, by, limit) => `hw_split_limit(${x}, ${by}, ${limit})`),
  ),
  split_part: define(form([text, text, BIGINT], textOf(), (x, by, place) => `hw_split_part(${x}, ${by}, ${place})`)),
  split_to_map: scalar(mapOf(VARCHAR, VARCHAR), (x, entry, pair) => `hw_pairs_map(hw_split_pairs(${x}, ${entry}, ${pair}))`, 3),
  split_to_multimap: scalar(
    mapOf(VARCHAR, TEXTS),
    (x, entry, pair) => `hw_pairs_multimap(hw_split_pairs_all(${x}, ${entry}, ${pair}))`,
    3,
  ),
  concat_ws: define(
    form([VARCHAR, TEXTS], VARCHAR, (by, list) => `hw_join(${list}, ${by})`),
    {
      parameters: [VARCHAR, VARCHAR],
      rest: VARCHAR,
      returns: VARCHAR,
      sql: ([by, ...items]) => `hw_join([${items.join(', ')}]::VARCHAR[], ${by})`,
    },
  ),
  format_number: define(form([DOUBLE], VARCHAR, (x) => `hw_format_number(${x})`)),
  chr: define(form([BIGINT], { kind: 'varchar', length: 1 }, (n) => `chr(cast(${n} as INTEGER))`)),
  codepoint: define(form([{ kind: 'varchar', length: 1 }], INTEGER, (x) => `hw_codepoint(${x})`)),
  translate: scalar(VARCHAR, (x, from, to) => `hw_translate(${x}, ${from}, ${to})`, 3),
  levenshtein_distance: scalar(BIGINT, (a, b) => `hw_levenshtein(${a}, ${b})`, 2),
  hamming_distance: scalar(BIGINT, (a, b) => `hw_hamming(${a}, ${b})`, 2),
  soundex: scalar({ kind: 'varchar', length: 4 }, (x) => `hw_soundex(${x})`),
  luhn_check: scalar(BOOLEAN, (x) => `hw_luhn(${x})`),
  normalize,
  format,
  to_utf8: scalar(VARBINARY, (x) => `encode(${x})`),
  from_utf8: define(form([VARBINARY], VARCHAR, (x) => `hw_from_utf8(${x})`)),
  url_extract_protocol: partOf((x) => `hw_url(${x}, 'protocol')`),
  url_extract_host: partOf((x) => `hw_url(${x}, 'host')`),
  url_extract_port: scalar(BIGINT, (x) => `cast(hw_url(${x}, 'port') as BIGINT)`),
  url_extract_path: partOf((x) => `hw_url(${x}, 'path')`),
  url_extract_query: partOf((x) => `hw_url(${x}, 'query')`),
  url_extract_fragment: partOf((x) => `hw_url(${x}, 'fragment')`),
  url_extract_parameter: define(form([text, text], textOf(), (x, name) => `hw_url_parameter(${x}, ${name})`)),
  url_encode: define(
    form(
      [text],
      textOf((own = 0) => 12 * own),
      (x) => `hw_url_encode(${x})`,
    ),
  ),
  url_decode: partOf((x) => `hw_url_decode(${x})`),
  uuid: define({ parameters: [], returns: { kind: 'uuid' }, sql: () => 'cast(uuid() as VARCHAR)' }),
};
