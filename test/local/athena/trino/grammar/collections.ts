import { kind, type Kind } from './kind.ts';

/** Arrays, maps, rows, JSON, and what fits no other kind. */
export const COLLECTIONS = {
  integers: kind(
    `
      array[1, 2, 3]
      array[3, null, 1]
      array[-5, -5, 10, 2]
      cast(array[] as array(integer))
      cast(null as array(integer))
    `,
    `
      array[$integer, $integer]
      ($integers || $integers)
      ($integers || $integer)
      array_distinct($integers)
      array_intersect($integers, $integers)
      array_union($integers, $integers)
      array_except($integers, $integers)
      array_remove($integers, $integer)
      array_sort($integers)
      array_sort($integers, (x, y) -> case when x is null then 1 when y is null then -1 when x < y then 1 when x > y then -1 else 0 end)
      array_sort(array[3, 1, $integer], (x, y) -> if(x % 2 < y % 2, -1, if(x % 2 > y % 2, 1, 0)))
      reverse($integers)
      slice($integers, $place, 2)
      trim_array($integers, 1)
      flatten(array[$integers, $integers])
      repeat($integer, 3)
      sequence(1, $small_count)
      sequence(10, 1, -3)
      transform($integers, x -> x * 2)
      transform($integers, x -> coalesce(x, 0) + $integer)
      filter($integers, x -> x > 1)
      filter($integers, x -> x is null)
      zip_with($integers, $integers, (x, y) -> x + y)
      map_keys($number_map)
      map_values($text_map)
      concat($integers, $integers)
      cast($integers as array(integer))
      cast($json as array(integer))
      (select array_agg(n order by n) from unnest($integers) as t(n))
      (select array_agg(n order by n desc nulls first) from unnest($integers) as t(n))
      coalesce($integers, $integers)
      if($boolean, $integers, $integers)
    `,
  ),
  doubles: kind(
    `
      array[1e0, 2.5e0]
      array[1e0, null, -3e0]
      array[0.1e0, infinity()]
      cast(null as array(double))
    `,
    `
      transform($integers, x -> x / 2e0)
      cast($integers as array(double))
      array_sort($doubles)
      array[$double, $double]
    `,
  ),
  varchars: kind(
    `
      array['a', 'b', 'c']
      array['b', null, 'a', 'a']
      array['']
      cast(array[] as array(varchar))
      cast(null as array(varchar))
    `,
    `
      array[$varchar, $varchar]
      split($varchar, ',')
      split($varchar, $varchar, 2)
      regexp_extract_all($varchar, $pattern)
      regexp_extract_all($varchar, $pattern, $group)
      regexp_split($varchar, $pattern)
      array_distinct($varchars)
      array_sort($varchars)
      reverse($varchars)
      ($varchars || $varchars)
      array_remove($varchars, $varchar)
      slice($varchars, 1, 2)
      map_keys($text_map)
      transform($varchars, x -> x || '!')
      transform($varchars, x -> upper(x))
      filter($varchars, x -> x like 'a%')
      array_union($varchars, $varchars)
      array_intersect($varchars, $varchars)
      cast($integers as array(varchar))
      cast($json as array(varchar))
      transform($integers, x -> cast(x as varchar))
    `,
  ),
  text_map: kind(
    `
      map(array['a', 'b'], array[1, 2])
      map(array['x', 'a'], array[null, 7])
      cast(map() as map(varchar, integer))
      cast(null as map(varchar, integer))
    `,
    `
      map(array[$varchar, 'zz'], array[$integer, 5])
      map_concat($text_map, $text_map)
      map_filter($text_map, (k, v) -> v > 1)
      map_filter($text_map, (k, v) -> k <> 'a')
      transform_values($text_map, (k, v) -> v + 1)
      transform_keys($text_map, (k, v) -> k || '_')
      map_from_entries(array[('p', 1), ('q', null)])
      map_zip_with($text_map, $text_map, (k, v1, v2) -> coalesce(v1, 0) + coalesce(v2, 0))
      cast($json as map(varchar, integer))
    `,
  ),
  number_map: kind(
    `
      map(array[1, 2], array['x', 'y'])
      map(array[7], array[cast(null as varchar)])
      cast(null as map(integer, varchar))
    `,
    `
      map(array[$integer, 99], array[$varchar, 'v'])
      map_concat($number_map, $number_map)
      transform_values($number_map, (k, v) -> v || cast(k as varchar))
    `,
  ),
  row: kind(
    `
      row(1, 'a')
      row(2, cast(null as varchar))
      row(cast(null as integer), 'b')
      cast(row(1, 'x') as row(n integer, s varchar))
      cast(null as row(n integer, s varchar))
    `,
    `
      row($integer, $varchar)
    `,
  ),
  json: kind(
    `
      json '{"a": 1, "b": [1, 2.5, "x", null, true], "c": {"d": "é"}}'
      json '[1, 2, 3]'
      json '"text"'
      json '1.50'
      json '1e2'
      json 'null'
      json 'true'
      json '[]'
      json '{"z": 1, "a": {}}'
      json '{"a": "1"}'
      cast(null as json)
    `,
    `
      json_parse('{"k" : [ 1 , "\\u00e9" ], "big": 12345678901234567890}')
      json_parse($varchar)
      json_extract($json, $json_path)
      cast($number as json)
      cast($varchar as json)
      cast($boolean as json)
      cast($integers as json)
      cast($doubles as json)
      cast($varchars as json)
      cast($text_map as json)
      cast($row as json)
      cast($date as json)
      cast($timestamp as json)
      cast(array[$json, $json] as json)
    `,
  ),
  json_path: kind(`
    '$'
    '$.a'
    '$.b[1]'
    '$.c.d'
    '$["a"]'
    '$.b[9]'
    '$[0]'
    '$.k'
  `),
  any: kind(
    '',
    `
      $boolean
      $date
      $timestamp
      $zoned
      $time
      $interval
      $integers
      $doubles
      $varchars
      map_entries($text_map)
      map_entries($number_map)
      $row
      $json
      $varbinary
      array[]
      array[null]
      map_entries(map())
      array[array[], array[1]]
      coalesce(null, $integer)
      if($boolean, null, $varchar)
      map_entries(multimap_from_entries(array[('a', 1), ('b', 2), ('a', 3)]))
      zip($integers, $varchars)
      ngrams($varchars, 2)
      combinations($integers, 2)
      combinations($varchars, $place)
      map_entries(split_to_map('a=1,b=2', ',', '='))
      map_entries(split_to_map($varchar, ';', '='))
      map_entries(split_to_multimap('a=1,a=2', ',', '='))
      cast($json as row(a integer, b array(json)))
      map_entries(cast($json as map(varchar, json)))
      cast($row as row(x bigint, y varchar))
      array_sort(array[$row, $row])
      array[$row, $row]
      map_entries(map(array[$varchar, 'zz'], array[$row, $row]))
      $row.n
      sequence($timestamp, $timestamp, interval '1000' day)
      array_except($varchars, $varchars)
      coalesce($row, $row)
    `,
  ),
} as const satisfies Readonly<Record<string, Kind>>;
