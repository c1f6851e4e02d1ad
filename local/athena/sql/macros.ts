import { literal } from '../../parquet/engine.ts';
import { raise } from './analysis/typed.ts';
import { REFUSAL } from './native/json.ts';

const fail = (words: string, type: string): string => `cast(${raise(words)} as ${type})`;
/** A failure where the type is an argument's: a place of a list of it. */
const failLike = (words: string, like: string): string => `[${like}][cast(${raise(words)} as BIGINT)]`;

const DIVISION_BY_ZERO = 'DIVISION_BY_ZERO: Division by zero';
const ARGUMENT = 'INVALID_FUNCTION_ARGUMENT';
const CAST = 'INVALID_CAST_ARGUMENT';

const REFUSING = [
  // TRY answers null for a failure of Trino's and must not for a refusal: the engine's own TRY lets a zone pass that does not exist
  `hw_refuse(words) as cast(timezone(words, cast('1970-01-01 00:00:00+00' as TIMESTAMPTZ)) as VARCHAR)`,
  `hw_answered(x) as case when starts_with(x, ${literal(REFUSAL)}) then hw_refuse(substring(x, ${REFUSAL.length + 1})) else x end`,
  `hw_format(pattern, kinds, texts) as hw_answered(hw_format_or_refusal(pattern, kinds, texts))`,
  `hw_iso_timestamp(x, zone) as hw_answered(hw_iso_timestamp_or_refusal(x, zone))`,
];

const ARITHMETIC = [
  `hw_divide(a, b) as a // (case when b = 0 and a is not null then ${failLike(DIVISION_BY_ZERO, 'b')} else b end)`,
  `hw_modulus(a, b) as a % (case when b = 0 and a is not null then ${failLike(DIVISION_BY_ZERO, 'b')} when b = -1 then 1 else b end)`,
  `hw_float_modulus(a, b) as case when b = 0 then a * cast('nan' as FLOAT) else a % b end`,
  // whole numbers of 38 digits, rounded half up
  `hw_quotient(a, b) as case when b = 0 and a is not null then ${fail(DIVISION_BY_ZERO, 'HUGEINT')} when abs(a % b) >= abs(b) - abs(a % b) then a // b + (case when (a < 0) = (b < 0) then 1 else -1 end) else a // b end`,
  `hw_moved(digits, power, most) as case when abs(digits) >= most then ${fail('NOT_SUPPORTED: a division of decimals that needs more than 38 digits in headwaters local', 'HUGEINT')} else digits * power end`,
  `hw_truncated(digits, n) as case when n <= 0 then digits when n > 38 then 0 else digits - digits % cast('1' || repeat('0', n) as HUGEINT) end`,
  `hw_rounded(x) as case when isnan(x) then ${fail(`${CAST}: Cannot cast NaN to a whole number`, 'DOUBLE')} else round(x) end`,
  `hw_long(x) as case when x >= 9223372036854775808e0 or x < -9223372036854775808e0 then ${fail(`${CAST}: Unable to cast to bigint`, 'DOUBLE')} else x end`,
  // beyond the largest real is infinity
  `hw_real(x) as case when isfinite(x) and abs(x) >= 3.4028235677973366e38 then case when x > 0 then cast('infinity' as DOUBLE) else cast('-infinity' as DOUBLE) end else x end`,
  `hw_no_nan(x) as case when isnan(x) then ${failLike('NOT_SUPPORTED: NaN is not on the tested list of headwaters local here', 'x')} else x end`,
  `hw_not_nan(x) as case when not isnan(x) then x end`,
  `hw_finite(x) as case when isfinite(x) then x end`,
  `hw_float_round(x, n) as case when not isfinite(x) then x when x < 0 then -round(-x, n) else round(x, n) end`,
  // to tens and more, half up from zero
  `hw_whole_round(x, power) as ((cast(x as HUGEINT) + (case when x < 0 then -1 else 1 end) * (power // 2)) // power) * power`,
  `hw_sign(x) as case when isnan(x) then x when x > 0 then 1 when x < 0 then -1 else x end`,
  `hw_sqrt(x) as case when x < 0 then cast('nan' as double) else sqrt(x) end`,
  `hw_ln(x) as case when x < 0 then cast('nan' as double) when x = 0 then cast('-infinity' as double) else ln(x) end`,
  `hw_log10(x) as case when x < 0 then cast('nan' as double) when x = 0 then cast('-infinity' as double) else log10(x) end`,
  `hw_pow(x, y) as case when isnan(y) or (abs(x) = 1 and isinf(y)) then cast('nan' as DOUBLE) else pow(x, y) end`,
  `hw_turning(x) as case when isinf(x) then cast('nan' as double) else x end`,
  `hw_unit(x) as case when x < -1 or x > 1 then cast('nan' as double) else x end`,
  `hw_bucket(x, low, high, n) as case when x < low then 0 when x >= high then n + 1 else cast(floor(n * (x - low) / (high - low)) as BIGINT) + 1 end`,
  `hw_width_bucket(x, a, b, n) as case when x is null or a is null or b is null or n is null then null when n <= 0 then ${fail(`${ARGUMENT}: bucketCount must be greater than 0`, 'BIGINT')} ` +
    `when isnan(x) then ${fail(`${ARGUMENT}: operand must not be NaN`, 'BIGINT')} when not isfinite(a) then ${fail(`${ARGUMENT}: first bound must be finite`, 'BIGINT')} ` +
    `when not isfinite(b) then ${fail(`${ARGUMENT}: second bound must be finite`, 'BIGINT')} when a = b then ${fail(`${ARGUMENT}: bounds cannot equal each other`, 'BIGINT')} ` +
    `when a < b then hw_bucket(x, a, b, n) else n + 1 - hw_bucket(x, b, a, n) end`,
  `hw_bins(x, bins) as case when x is null or bins is null then null when isnan(x) then ${fail(`${ARGUMENT}: Operand cannot be NaN`, 'BIGINT')} when len(bins) = 0 then ${fail(`${ARGUMENT}: Bins cannot be an empty array`, 'BIGINT')} else cast(len(list_filter(bins, lambda b: b <= x)) as BIGINT) end`,
];

const TEXT = [
  `hw_substring(x, s) as case when x is null then null when s = 0 or abs(s) > length(x) then '' else substring(x, s) end, ` +
    `(x, s, n) as case when x is null or s is null or n is null then null when s = 0 or abs(s) > length(x) or n <= 0 then '' else substring(x, s, n) end`,
  `hw_lpad(x, n, p) as case when x is null or n is null or p is null then null when n < 0 or n > 2147483647 then ${fail(`${ARGUMENT}: Target length must be in the range [0..2147483647]`, 'VARCHAR')} when p = '' then ${fail(`${ARGUMENT}: Padding string must not be empty`, 'VARCHAR')} else lpad(x, cast(n as INTEGER), p) end`,
  `hw_rpad(x, n, p) as case when x is null or n is null or p is null then null when n < 0 or n > 2147483647 then ${fail(`${ARGUMENT}: Target length must be in the range [0..2147483647]`, 'VARCHAR')} when p = '' then ${fail(`${ARGUMENT}: Padding string must not be empty`, 'VARCHAR')} else rpad(x, cast(n as INTEGER), p) end`,
  // nothing is found before, between and behind all characters
  `hw_replace(x, s, r) as regexp_replace(x, regexp_escape(s), replace(r, '\\', '\\\\'), 'g')`,
  `hw_split(x, d) as case when x is null then null when d = '' then cast([hw_fail('${ARGUMENT}: The delimiter may not be the empty string')] as VARCHAR[]) else string_split(x, d) end`,
  `hw_split_part(x, d, n) as case when x is null or d is null or n is null then null when n < 1 then ${fail(`${ARGUMENT}: Index must be greater than zero`, 'VARCHAR')} else string_split(x, d)[n] end`,
  `hw_pairs_map(l) as map(list_filter(l, lambda x, i: i % 2 = 1), list_filter(l, lambda x, i: i % 2 = 0))`,
  `hw_upper(x) as case when strlen(x) = length(x) then upper(x) else hw_upper_points(x) end`,
  `hw_lower(x) as case when strlen(x) = length(x) then lower(x) else hw_lower_points(x) end`,
  `hw_from_hex(x) as case when length(x) % 2 = 1 then unhex(hw_fail('${ARGUMENT}: invalid input length')) else unhex(x) end`,
  `hw_from_base64(x) as case when x is null then null when regexp_full_match(x, '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?') then from_base64(rpad(x, cast((length(x) + 3) // 4 * 4 as INTEGER), '=')) else encode(${fail(`${ARGUMENT}: Illegal base64`, 'VARCHAR')}) end`,
  // characters beyond the first plane stand in JSON as Jackson writes them, escaped
  `hw_json_of_engine(x) as case when regexp_matches(x, '[\\x{10000}-\\x{10FFFF}]') then hw_json_escaped(x) else x end`,
  `hw_partition_value(x, n) as case when length(x) > n then ${fail('INVALID_PARTITION_VALUE: Invalid partition value for a varchar partition key', 'VARCHAR')} else x end`,
  `hw_inserted(x, n, was) as case when length(rtrim(x, ' ')) > n then cast(hw_fail('${CAST}: Cannot truncate non-space characters when casting from ' || was || ' to varchar(' || n || ') on INSERT') as VARCHAR) else left(x, n) end`,
  `hw_bounded(x, n) as case when length(x) > n then ${fail(`${CAST}: Value cannot be represented as varchar of that length`, 'VARCHAR')} else x end`,
];

/**
 * What a text must look like to become a number, a truth, a day or a time; the engine takes more than Trino.
 *
 * @param form The text in a form that the engine reads.
 */
const reading = (name: string, pattern: string, to: string, form = 'x'): readonly string[] => {
  const fits = `x is null or regexp_full_match(x, ${literal(pattern)})`;
  return [
    `${name}(x) as case when ${fits} then ${form} else ${fail(`${CAST}: Cannot cast the text to ${to}`, 'VARCHAR')} end`,
    `${name}_or_null(x) as case when ${fits} then ${form} end`,
  ];
};

const OTHER_ZONE = fail(
  'NOT_SUPPORTED: the cast of a text with a zone other than UTC is not on the tested list of headwaters local',
  'VARCHAR',
);

const CLOCK = String.raw`(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9](?::[0-5]?[0-9](?:\.[0-9]{1,12})?)?`;
const STAMP = String.raw`\s*\+?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?: ${CLOCK})?`;
/** Digits of a second that the engine does not read are cut. */
const cutSeconds = (x: string): string => String.raw`regexp_replace(${x}, '(\.[0-9]{6})[0-9]+', '\1')`;
const withoutSign = (x: string): string => `ltrim(trim(${x}), '+')`;
const OFFSET = '[+-][0-9]{1,2}(?::?[0-9]{2})?';

const READING = [
  ...reading('hw_whole', '[+-]?[0-9]+', 'a whole number'),
  ...reading(
    'hw_float',
    String.raw`\s*[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[dDfF]?|NaN|Infinity)\s*`,
    'a floating-point number',
    `case when x like '%NaN%' then 'NaN' else rtrim(trim(x), 'dDfF') end`,
  ),
  ...reading('hw_number', String.raw`[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?`, 'a decimal'),
  ...reading(
    'hw_date_text',
    String.raw`\s*\+?[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}\s*`,
    'date',
    `lpad(split_part(${withoutSign('x')}, '-', 1), 4, '0') || substring(${withoutSign('x')}, strpos(${withoutSign('x')}, '-'))`,
  ),
  // a zone is read, and forgotten
  ...reading(
    'hw_stamp_text',
    `${STAMP}(?: ?(?:UTC|Z))?\\s*|${STAMP} ?${OFFSET}\\s*`,
    'timestamp',
    String.raw`regexp_replace(regexp_replace(${cutSeconds(withoutSign('x'))}, ' ?(?:UTC|Z)$', ''), '(:[0-9.]+) ?${OFFSET}$', '\1')`,
  ),
  ...reading('hw_utc_text', String.raw`${STAMP}(?: ?(?:UTC|Z))?\s*`, 'timestamp with time zone', cutSeconds(withoutSign('x'))),
  `hw_is_zoned(x) as regexp_full_match(x, '${STAMP}(?: ?[+-][0-9].*| +[A-Za-z]+/.*)') and not regexp_full_match(x, '.* ?(?:UTC|Z)\\s*')`,
  `hw_names_zone(x) as regexp_full_match(x, '${STAMP} +[A-Za-z]+/.*')`,
  `hw_timestamp_read(x) as case when hw_names_zone(x) then ${OTHER_ZONE} else hw_stamp_text(x) end`,
  `hw_timestamp_read_or_null(x) as case when hw_names_zone(x) then ${OTHER_ZONE} else hw_stamp_text_or_null(x) end`,
  `hw_utc_read(x) as case when hw_is_zoned(x) then ${OTHER_ZONE} else hw_utc_text(x) end`,
  `hw_utc_read_or_null(x) as case when hw_is_zoned(x) then ${OTHER_ZONE} else hw_utc_text_or_null(x) end`,
  ...reading('hw_time_read', CLOCK, 'time', cutSeconds('x')),
  `hw_truth(x) as case when lower(x) in ('true', 't', '1') then true when lower(x) in ('false', 'f', '0') then false when x is null then null else ${fail(`${CAST}: Cannot cast the text to boolean`, 'BOOLEAN')} end`,
];

const WRONG_WAY = fail(
  `${ARGUMENT}: sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start`,
  'BIGINT',
);

const TIME = [
  `hw_instant(x, z, was) as list_transform([struct_pack(x := cast(x as TIMESTAMP), off := timezone(z, cast(was as TIMESTAMPTZ)) - timezone('UTC', cast(was as TIMESTAMPTZ)))], lambda hw_t: ` +
    `case when timezone(z, timezone('UTC', hw_t.x - hw_t.off)) = hw_t.x then timezone('UTC', hw_t.x - hw_t.off) else timezone(z, hw_t.x) end)[1]`,
  `hw_trunc_instant(unit, x, local) as timezone('UTC', timezone('UTC', x) - (local - date_trunc(unit, local)))`,
  `hw_shaped(x, shape) as case when x is null or regexp_full_match(x, shape) then x else ${fail(`${ARGUMENT}: Invalid format: the text is not as the date pattern says`, 'VARCHAR')} end`,
  `hw_timestamp_text(x, p) as strftime(x, '%Y-%m-%d %H:%M:%S') || case when p = 0 then '' else '.' || left(strftime(x, '%f'), p) end`,
  `hw_time_text(x, p) as left(cast(x as VARCHAR), 8) || case when p = 0 then '' else '.' || left(rpad(substring(cast(x as VARCHAR), 10), 6, '0'), p) end`,
  `hw_round_timestamp(x, p) as make_timestamp(cast(floor(epoch_us(x) / pow(10, 6 - p) + 0.5) as BIGINT) * cast(pow(10, 6 - p) as BIGINT))`,
  `hw_round_time(x, p) as cast(hw_round_timestamp(date '1970-01-01' + x, p) as TIME)`,
  `hw_interval_day_text(n) as case when n < 0 then '-' else '' end || cast(abs(n) // 86400000 as VARCHAR) || ' ' || strftime(make_timestamp((abs(n) % 86400000) * 1000), '%H:%M:%S.%g')`,
  `hw_interval_year_text(n) as case when n < 0 then '-' else '' end || cast(abs(n) // 12 as VARCHAR) || '-' || cast(abs(n) % 12 as VARCHAR)`,
  `hw_days(n) as case when n % 86400000 = 0 then cast(n // 86400000 as INTEGER) else ${fail(`${ARGUMENT}: Cannot add hour, minutes or seconds to a date`, 'INTEGER')} end`,
  `hw_offset_text(m) as case when m = 0 then 'Z' else case when m < 0 then '-' else '+' end || lpad(cast(abs(m) // 60 as VARCHAR), 2, '0') || ':' || lpad(cast(abs(m) % 60 as VARCHAR), 2, '0') end`,
  `hw_step(a, b, s) as case when s = 0 or (b > a and s < 0) or (b < a and s > 0) then ${WRONG_WAY} else s end`,
  `hw_moment_sequence(a, b) as generate_series(a, b, case when a <= b then to_days(1) else to_days(-1) end), (a, b, s) as generate_series(a, b, to_milliseconds(hw_step(a, b, s)))`,
  `hw_month_sequence(a, b, s) as list_filter(list_transform(range(0, abs(datediff('month', a, b)) // abs(hw_step(a, b, s)) + 1), lambda i: a + to_months(cast(i * s as INTEGER))), lambda x: case when s > 0 then x <= b else x >= b end)`,
];

/** Trino's lists hold nulls and tell them apart; the engine's functions of the same names drop them. */
const LISTS = [
  `hw_append(a, b) as case when a is null or b is null then null else list_concat(a, b) end`,
  `hw_has_null(l) as len(list_filter(l, lambda y: y is null)) > 0`,
  `hw_contains(l, x) as case when l is null or x is null then null when list_contains(l, x) then true when hw_has_null(l) then null else false end`,
  // a lambda may hold no query, so that a list comes into it by a name
  `hw_distinct(l) as list_transform([l], lambda hw_d: list_filter(hw_d, lambda x, i: len(list_filter(list_slice(hw_d, 1, i - 1), lambda y: y is not distinct from x)) = 0))[1]`,
  // in the order of the longer one
  `hw_common(a, b) as hw_distinct(list_filter(a, lambda x: len(list_filter(b, lambda y: y is not distinct from x)) > 0))`,
  `hw_intersect(a, b) as list_transform([{'a': a, 'b': b}], lambda hw_i: case when hw_i.a is null or hw_i.b is null then null when len(hw_i.b) > len(hw_i.a) then hw_common(hw_i.b, hw_i.a) else hw_common(hw_i.a, hw_i.b) end)[1]`,
  // Trino gives the array as it is where there is nothing to leave out
  `hw_except(a, b) as list_transform([{'a': a, 'b': b}], lambda hw_i: case when hw_i.a is null or hw_i.b is null then null when len(hw_i.b) = 0 then hw_i.a else hw_distinct(list_filter(hw_i.a, lambda x: len(list_filter(hw_i.b, lambda y: y is not distinct from x)) = 0)) end)[1]`,
  `hw_overlap(a, b) as list_transform([{'a': a, 'b': b}], lambda hw_i: case when hw_i.a is null or hw_i.b is null then null when len(list_filter(hw_i.a, lambda x: x is not null and list_contains(hw_i.b, x))) > 0 then true when len(hw_i.a) > 0 and len(hw_i.b) > 0 and (hw_has_null(hw_i.a) or hw_has_null(hw_i.b)) then null else false end)[1]`,
  `hw_array_max(l) as case when hw_has_null(l) then null else list_max(l) end`,
  `hw_float_array_max(l) as case when hw_has_null(l) then null else coalesce(list_max(list_filter(l, lambda x: not isnan(x))), list_max(l)) end`,
  `hw_array_min(l) as case when hw_has_null(l) then null else list_min(l) end`,
  `hw_array_position(l, x) as case when l is null or x is null then null else cast(coalesce(list_position(l, x), 0) as BIGINT) end`,
  `hw_told(truths) as case when hw_has_null(truths) then [${fail('NOT_SUPPORTED: the search for or among arrays or rows that hold nulls', 'BOOLEAN')}] else truths end`,
  `hw_contains_match(l, x, truths) as case when l is null or x is null then null when list_contains(truths, true) then true when hw_has_null(l) then null else false end`,
  `hw_match_position(l, x, truths) as case when l is null or x is null then null else cast(coalesce(list_position(truths, true), 0) as BIGINT) end`,
  `hw_remove_matches(l, x, truths) as case when x is null then null else list_filter(l, lambda y, i: not truths[i]) end`,
  `hw_array_remove(l, x) as case when x is null then null else list_filter(l, lambda y: y is null or y <> x) end`,
  `hw_join(l, d) as case when l is null or d is null then null else coalesce(array_to_string(list_filter(l, lambda x: x is not null), d), '') end`,
  `hw_join_all(l, d, n) as case when l is null or d is null or n is null then null else coalesce(array_to_string(list_transform(l, lambda x: coalesce(x, n)), d), '') end`,
  `hw_repeat(x, n) as case when n is null then null when n < 0 then [${failLike(`${ARGUMENT}: count argument of repeat function must be greater than or equal to 0`, 'x')}] else list_transform(range(n), lambda i: x) end`,
  `hw_sequence(a, b) as generate_series(a, b, case when a <= b then 1 else -1 end), (a, b, s) as generate_series(a, b, hw_step(a, b, s))`,
  `hw_slice(l, s, n) as case when l is null or s is null or n is null then null when s = 0 then [${failLike(`${ARGUMENT}: SQL array indices start at 1`, 'l[1]')}] when n < 0 then [${failLike(`${ARGUMENT}: length must be greater than or equal to 0`, 'l[1]')}] ` +
    `when n = 0 or abs(s) > len(l) then list_slice(l, 1, 0) when s > 0 then list_slice(l, s, s + n - 1) else list_slice(l, len(l) + s + 1, least(len(l), len(l) + s + n)) end`,
  `hw_goes_before(said, earlier) as case when said is null or said not in (-1, 0, 1) then ${fail(`${ARGUMENT}: Lambda comparator must return either -1, 0, or 1`, 'BOOLEAN')} else said < 0 or (said = 0 and earlier) end`,
  // a comparator that contradicts itself puts two in one place
  `hw_placed(l, places) as case when len(list_distinct(places)) < len(l) then [${failLike("NOT_SUPPORTED: 'array_sort' with a comparator that contradicts itself is not on the tested list of headwaters local", 'l[1]')}] else list_transform(range(1, len(l) + 1), lambda p: l[list_position(places, p)]) end`,
  `hw_combinations(l, n) as case when l is null or n is null then null when n < 0 then [[${failLike(`${ARGUMENT}: combination size must not be negative`, 'l[1]')}]] when n > 5 then [[${failLike(`${ARGUMENT}: combination size must not exceed 5`, 'l[1]')}]] ` +
    `else list_transform(hw_chosen(cast(len(l) as BIGINT), n), lambda c: list_transform(c, lambda i: l[i])) end`,
  `hw_interleaved(pieces, parts) as case when hw_has_null(parts) then null else array_to_string(list_transform(pieces, lambda x, i: x || coalesce(parts[i], '')), '') end`,
  `hw_deviations(l, mean, power) as list_sum(list_transform(l, lambda x: pow(x - mean, power)))`,
  `hw_skewness(l, mean) as case when len(l) >= 3 then sqrt(len(l)) * hw_deviations(l, mean, 3) / pow(hw_deviations(l, mean, 2), 1.5) end`,
  `hw_percentile(l, p) as case when coalesce(len(l), 0) = 0 then null when p < 0 or p > 1 or isnan(p) then ${failLike(`${ARGUMENT}: Percentile must be between 0 and 1`, 'l[1]')} else l[least(cast(floor(p * len(l)) as BIGINT) + 1, len(l))] end`,
  `hw_trim_array(l, n) as case when l is null or n is null then null when n < 0 or n > len(l) then [${failLike(`${ARGUMENT}: size must not exceed array cardinality nor be negative`, 'l[1]')}] else list_slice(l, 1, len(l) - n) end`,
  `hw_ngrams(l, n) as case when l is null or n is null then null when n < 1 then [[${failLike(`${ARGUMENT}: N must be positive`, 'l[1]')}]] when n >= len(l) then [l] else list_transform(range(1, len(l) - n + 2), lambda i: list_slice(l, i, i + n - 1)) end`,
  `hw_any(l) as case when l is null then null when list_contains(l, true) then true when hw_has_null(l) then null else false end`,
  `hw_all(l) as case when l is null then null when list_contains(l, false) then false when hw_has_null(l) then null else true end`,
  `hw_element_at(l, i) as case when l is null then null when i = 0 then ${failLike(`${ARGUMENT}: SQL array indices start at 1`, 'l[1]')} else l[i] end`,
  `hw_subscript(l, i) as case when l is null or i is null then null when i < 1 or i > len(l) then ${failLike(`${ARGUMENT}: Array subscript is out of bounds`, 'l[1]')} else l[i] end`,
  `hw_map_subscript(m, k) as case when m is null or k is null then null when map_contains(m, k) then m[k] else ${failLike(`${ARGUMENT}: Key not present in map`, 'm[k]')} end`,
  // what an argument is written twice for, the engine computes twice, and at each level within again
  `hw_map(k, v) as list_transform([{'k': k, 'v': v}], lambda hw_m: case when len(hw_m.k) <> len(hw_m.v) then map([${failLike(`${ARGUMENT}: Key and value arrays must be the same length`, 'hw_m.k[1]')}], [hw_m.v[1]]) else map(hw_m.k, hw_m.v) end)[1]`,
  `hw_map_concat(a, b) as list_transform([{'a': a, 'b': b}], lambda hw_c: case when hw_c.a is null or hw_c.b is null then null else map_from_entries(list_concat(map_entries(hw_c.b), list_filter(map_entries(hw_c.a), lambda e: not map_contains(hw_c.b, e.key)))) end)[1]`,
  `hw_keyed(l) as case when list_aggregate(list_transform(l, lambda e: e.key), 'count') > 0 then list_filter(l, lambda e: e.key is not null) end`,
  `hw_multimap(l) as map(hw_distinct(list_transform(l, lambda e: e.key)), list_transform(hw_distinct(list_transform(l, lambda e: e.key)), lambda k: list_transform(list_filter(l, lambda e: e.key = k), lambda e: e.value)))`,
  `hw_pairs_multimap(l) as hw_multimap(list_transform(range(1, len(l), 2), lambda i: struct_pack(key := l[i], value := l[i + 1])))`,
  // the engine wants unique keys; the first of equal ones is kept
  `hw_map_of_pairs(l) as case when len(list_distinct(list_transform(l, lambda e: e.key))) = len(l) then map_from_entries(l) ` +
    `else map_from_entries(list_filter(l, lambda e, i: e.key is not null and list_position(list_transform(l, lambda f: f.key), e.key) = i)) end`,
];

/** DuckDB's half of the meaning of Trino's functions; the natives in `native/` are the other. */
const MACROS: readonly string[] = [...REFUSING, ...ARITHMETIC, ...TEXT, ...READING, ...TIME, ...LISTS];

/** What an engine needs before any of its connections runs what `translate` writes: some 60 ms of work. */
export const DEFINITIONS: string = MACROS.map((text) => `create or replace macro ${text}`).join(';\n');

/** What each connection needs beside it. */
export const SETTINGS: string = [
  "set timezone = 'UTC'",
  "set default_null_order = 'nulls_last'", // Trino's default, ascending and descending
].join(';\n');
