import { kind, type Kind } from './kind.ts';

/** Truths, and the comparisons that make them. */
export const TRUTHS = {
  boolean: kind(
    `
      true
      false
      cast(null as boolean)
    `,
    `
      not $boolean
      ($boolean and $boolean)
      ($boolean or $boolean)
      ($number $compared $number)
      ($varchar $compared $varchar)
      ($moment $compared $moment)
      ($integers $compared $integers)
      ($row = $row)
      ($row < $row)
      ($varbinary = $varbinary)
      ($interval $compared $interval)
      ($number is distinct from $number)
      ($varchar is not distinct from $varchar)
      ($number between $number and $number)
      ($date not between $date and $date)
      ($integer in ($integer, $integer, $integer))
      ($varchar not in ($varchar, $varchar))
      ($number is null)
      ($varchar is not null)
      ($varchar like $like)
      ($varchar like $like escape '!')
      starts_with($varchar, $varchar)
      regexp_like($varchar, $pattern)
      contains($integers, $integer)
      contains($varchars, $varchar)
      contains_sequence($integers, $integers)
      contains_sequence($varchars, array['a'])
      ($text_map = $text_map)
      ($number_map <> $number_map)
      ($text_map in ($text_map, $text_map))
      arrays_overlap($integers, $integers)
      any_match($integers, x -> x > $integer)
      all_match($integers, x -> x > $integer)
      none_match($integers, x -> x > $integer)
      is_nan($double)
      is_finite($double)
      is_infinite($double)
      json_array_contains($json, $integer)
      json_array_contains($json, $varchar)
      is_json_scalar($json)
      luhn_check($digits)
      cast($castable as boolean)
      try_cast($varchar as boolean)
      try_cast($number_text as boolean)
      if($boolean, $boolean)
      coalesce($boolean, $boolean)
      nullif($boolean, $boolean)
      ($integer = any (values 1, 2, null))
      ($integer > all (values 1, 2, 3))
      ($integer in (values 1, 7, null))
      exists (select 1 where $boolean)
    `,
  ),
  compared: kind(`
    =
    <>
    <
    <=
    >
    >=
  `),
} as const satisfies Readonly<Record<string, Kind>>;
