import { kind, type Kind } from './kind.ts';

/** Numbers, exact and not, and the small ones that functions ask for. */
export const NUMBERS = {
  integer: kind(
    `
      0
      1
      -1
      2
      3
      7
      -5
      10
      100
      2147483647
      cast(null as integer)
    `,
    `
      abs($integer)
      sign($integer)
      ($integer + $integer)
      ($integer - $integer)
      ($integer * $integer)
      ($integer / $integer)
      ($integer % $integer)
      mod($integer, $integer)
      -$integer
      round($integer)
      round($integer, $places)
      ceil($integer)
      ceiling($integer)
      floor($integer)
      greatest($integer, $integer)
      least($integer, $integer, $integer)
      cast($castable as integer)
      try_cast($varchar as integer)
      try_cast($number_text as integer)
      coalesce($integer, $integer)
      nullif($integer, $integer)
      if($boolean, $integer, $integer)
      case $integer when $integer then $integer when $integer then $integer else $integer end
      case when $boolean then $integer when $boolean then $integer end
      try($integer)
      $integers[$place]
      element_at($integers, $place)
      array_max($integers)
      array_min($integers)
      element_at($text_map, $varchar)
      $number_map[$integer]
      reduce($integers, 0, (s, x) -> s + x, s -> s)
      $row[1]
      regexp_position($varchar, $pattern)
      regexp_position($varchar, $pattern, 2)
      codepoint(cast($varchar as varchar(1)))
      (select max(n) from (values $integer, $integer) as t(n))
    `,
  ),
  small: kind(`
    smallint '3'
    smallint '-32768'
    tinyint '-8'
    tinyint '127'
    tinyint '0'
    cast(null as smallint)
  `),
  bigint: kind(
    `
      bigint '0'
      bigint '1'
      bigint '-2'
      bigint '42'
      bigint '9223372036854775807'
      bigint '-9223372036854775808'
      bigint '1577836800'
      cast(null as bigint)
    `,
    `
      abs($bigint)
      sign($bigint)
      ($bigint + $integer)
      ($bigint - $bigint)
      ($bigint * $small)
      ($bigint / $integer)
      ($bigint % $integer)
      ($integer + $small)
      ($small * $small)
      -$bigint
      round($bigint, $places)
      length($varchar)
      length($varbinary)
      strpos($varchar, $varchar)
      strpos($varchar, $varchar, $place)
      position($varchar in $varchar)
      levenshtein_distance($varchar, $varchar)
      hamming_distance($varchar, $varchar)
      from_base($varchar, $radix)
      bitwise_and($bigint, $integer)
      bitwise_or($bigint, $integer)
      bitwise_xor($integer, $bigint)
      bitwise_not($bigint)
      bitwise_left_shift($number_whole, $shift)
      bitwise_right_shift($number_whole, $shift)
      bitwise_right_shift_arithmetic($number_whole, $shift)
      bit_count($bigint, $bits)
      width_bucket($double, $double, $double, $place)
      width_bucket($double, array[1e0, 2.5e0, 1e2])
      cardinality($integers)
      cardinality($text_map)
      array_position($integers, $integer)
      array_position($varchars, $varchar)
      json_array_length($json)
      json_size($json, $json_path)
      regexp_count($varchar, $pattern)
      year($moment)
      quarter($moment)
      month($moment)
      week($moment)
      week_of_year($moment)
      day($moment)
      day_of_month($moment)
      day_of_week($moment)
      dow($moment)
      day_of_year($moment)
      year_of_week($moment)
      yow($moment)
      hour($timestamp)
      minute($timestamp)
      second($timestamp)
      millisecond($timestamp)
      hour($time)
      hour($date)
      extract(minute from $date)
      millisecond($time)
      hour($zoned)
      extract($part from $moment)
      extract(hour from $zoned)
      timezone_hour($zoned)
      timezone_minute($zoned)
      day($day_interval)
      hour($day_interval)
      month($month_interval)
      date_diff('$unit', $timestamp, $timestamp)
      date_diff('$date_unit', $date, $date)
      date_diff('$unit', $zoned, $zoned)
      to_milliseconds($day_interval)
      crc32($varbinary)
      url_extract_port($url)
      cast($castable as bigint)
      try_cast($varchar as bigint)
      coalesce($bigint, $integer)
      nullif($bigint, $integer)
      if($boolean, $bigint, $integer)
      (select count(*) from unnest($integers))
      (select sum(n) from unnest($integers) as t(n))
    `,
  ),
  number_whole: kind(
    '',
    `
      $integer
      $bigint
      $small
    `,
  ),
  places: kind(`
    0
    1
    2
    -1
    -2
    5
  `),
  place: kind(`
    1
    2
    3
    0
    -1
    -2
    9
  `),
  shift: kind(`
    0
    1
    5
    31
    32
    63
    64
    70
  `),
  bits: kind(`
    64
    32
    8
  `),
  radix: kind(`
    2
    10
    16
    36
  `),
  double: kind(
    `
      0e0
      1e0
      -1.5e0
      2.5e0
      0.1e0
      1e10
      1.5e7
      12345678e0
      1e-4
      1.5e300
      123456.789e0
      nan()
      infinity()
      -infinity()
      pi()
      cast(null as double)
    `,
    `
      ($double + $number)
      ($double - $number)
      ($double * $number)
      ($double / $number)
      ($double % $number)
      -$double
      abs($double)
      ceil($double)
      floor($double)
      round($double)
      round($double, $places)
      truncate($double)
      sign($double)
      sqrt($number)
      cbrt($number)
      exp($number)
      ln($number)
      log2($number)
      log10($number)
      log($number, $number)
      power($number, $number)
      pow($number, $number)
      degrees($double)
      radians($double)
      sin($double)
      cos($double)
      tan($double)
      asin($double)
      acos($double)
      atan($double)
      atan2($double, $double)
      cosh($double)
      tanh($double)
      greatest($double, $double)
      least($double, $number)
      cast($castable as double)
      try_cast($varchar as double)
      try_cast($number_text as double)
      cast($number_text as double)
      coalesce($double, $number)
      nullif($double, $number)
      if($boolean, $double, $number)
      to_unixtime($timestamp)
      to_unixtime($zoned)
      $doubles[$place]
      array_max($doubles)
      array_min($doubles)
      reduce($doubles, 0e0, (s, x) -> s + x, s -> s / 2)
      (select avg(n) from unnest($integers) as t(n))
      (select stddev(n) from unnest($integers) as t(n))
    `,
  ),
  real: kind(
    `
      real '1.5'
      real '0.1'
      real '-2.25'
      real '1e10'
      real '16777217'
      real 'NaN'
      cast(null as real)
    `,
    `
      ($real + $integer)
      ($real * $real)
      ($real / $decimal)
      -$real
      abs($real)
      round($real)
      round($real, $places)
      floor($real)
      sign($real)
      cast($castable as real)
      greatest($real, $integer)
    `,
  ),
  decimal: kind(
    `
      0.0
      1.5
      -2.5
      0.005
      99.995
      123456.789
      -0.1
      100.00
      decimal '7'
      decimal '12345678901234567890.12345'
      decimal '99999999999999999999999999999999999999'
      cast(null as decimal(10,2))
    `,
    `
      ($decimal + $decimal)
      ($decimal - $decimal)
      ($decimal * $decimal)
      ($decimal / $decimal)
      ($decimal % $decimal)
      ($decimal + $integer)
      ($decimal * $integer)
      ($decimal / $integer)
      ($integer / $decimal)
      ($integer % $decimal)
      -$decimal
      abs($decimal)
      ceil($decimal)
      floor($decimal)
      round($decimal)
      round($decimal, $places)
      truncate($decimal)
      truncate($decimal, $places)
      sign($decimal)
      greatest($decimal, $integer)
      least($decimal, $decimal)
      cast($castable as decimal(10,2))
      cast($castable as decimal(38,5))
      cast($number as decimal(5,0))
      cast($double as decimal(20,2))
      cast($real as decimal(20,4))
      cast(1.005e0 as decimal(10,$one_or_two))
      cast(2.675e0 * $integer as decimal(10,2))
      try_cast($varchar as decimal(10,3))
      try_cast($number_text as decimal(10,2))
      coalesce($decimal, $integer)
      nullif($decimal, $decimal)
      (select sum(n) from (values $decimal, $decimal) as t(n))
      (select avg(n) from (values $decimal, $decimal) as t(n))
    `,
  ),
  number: kind(
    '',
    `
      $integer
      $small
      $bigint
      $double
      $real
      $decimal
    `,
  ),
  small_count: kind(`
    0
    1
    -1
    13
    40
    -100
  `),
  seconds: kind(`
    0
    1.5e0
    1577836800
    -0.25e0
    1e9
  `),
} as const satisfies Readonly<Record<string, Kind>>;
