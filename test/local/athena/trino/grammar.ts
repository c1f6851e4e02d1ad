import { lines } from './lines.ts';

/**
 * Expressions of Trino by kind: first what is written down, then what is made of others. `$kind` in a text is any expression of that kind.
 * The kinds are few: where a function takes more than a kind says, another line says so.
 */
export interface Kind {
  readonly literals: readonly string[];
  readonly made: readonly string[];
}

const kind = (literals: string, made = ''): Kind => ({ literals: lines(literals), made: lines(made) });

export const GRAMMAR = {
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
  castable: kind(
    '',
    `
      $number
      $number
      $varchar
      $boolean
      $digits
    `,
  ),
  varchar: kind(
    `
      ''
      'a'
      'abc'
      'Hello World'
      ' a b  '
      'naïve'
      'ÀÉß'
      '😀b'
      'a,b,,c'
      'k=v;x=y'
      '123'
      '-7'
      '1.5'
      'true'
      'NaN'
      '2020-02-29'
      'It''s'
      'ab12cd345'
      'ffA0'
      cast(null as varchar)
      cast('abc' as varchar(10))
    `,
    `
      ($varchar || $varchar)
      concat($varchar, $varchar, $varchar)
      concat_ws($varchar, $varchar, $varchar)
      concat_ws(',', $varchars)
      lower($varchar)
      upper($varchar)
      reverse($varchar)
      trim($varchar)
      trim(both 'a' from $varchar)
      ltrim($varchar)
      rtrim($varchar)
      substr($varchar, $place)
      substring($varchar, $place, $place)
      substring($varchar from $place for 2)
      lpad($varchar, 5, $varchar)
      rpad($varchar, 5, '*')
      replace($varchar, $varchar)
      replace($varchar, $varchar, $varchar)
      split_part($varchar, $varchar, $place)
      translate($varchar, $varchar, $varchar)
      chr($codepoint)
      soundex($varchar)
      normalize($varchar, NFD)
      format('$format_number', $number)
      format('%s|%s', $varchar, $integer)
      format('%5s|%-5s|', $varchar, $varchar)
      to_base($bigint, $radix)
      regexp_extract($varchar, $pattern)
      regexp_extract($varchar, $pattern, $group)
      regexp_replace($varchar, $pattern)
      regexp_replace($varchar, $pattern, $replacement)
      regexp_replace($varchar, '(\\w)(\\w*)', x -> upper(x[1]) || lower(x[2]))
      regexp_replace($varchar, $pattern, x -> coalesce(element_at(x, 1), '-'))
      format_number($number)
      format('%5b|', $boolean)
      array_join($varchars, ',')
      array_join($integers, '-', 'none')
      array_join($doubles, ',')
      json_format($json)
      json_extract_scalar($json, $json_path)
      json_extract_scalar($varchar, $json_path)
      json_extract_scalar($broken, $json_path)
      json_array_get($json, $place)
      to_hex($varbinary)
      to_base64($varbinary)
      to_base64url($varbinary)
      from_utf8($varbinary)
      to_hex(to_utf8(from_utf8($no_text)))
      date_format($timestamp, $mysql_format)
      date_format($zoned, $mysql_format)
      format_datetime($timestamp, $joda_format)
      to_iso8601($moment)
      human_readable_seconds($double)
      current_timezone()
      url_extract_protocol($url)
      url_extract_host($url)
      url_extract_path($url)
      url_extract_query($url)
      url_extract_fragment($url)
      url_extract_parameter($url, 'k')
      url_encode($varchar)
      url_decode($varchar)
      typeof($number)
      typeof($varchar)
      typeof($any)
      cast($number as varchar)
      cast($boolean as varchar)
      cast($moment as varchar)
      cast($time as varchar)
      cast($number as varchar(3))
      cast($varchar as varchar(2))
      cast($json as varchar)
      coalesce($varchar, $varchar)
      nullif($varchar, $varchar)
      if($boolean, $varchar, $varchar)
      case when $boolean then $varchar else $varchar end
      try(split_part($varchar, ',', $place))
      greatest($varchar, $varchar)
      least($varchar, $varchar)
      $varchars[$place]
      element_at($varchars, $place)
      $row[2]
      element_at($number_map, $integer)
      (select listagg(s, ',') within group (order by s) from unnest($varchars) as t(s))
      (select max(s) from unnest($varchars) as t(s))
    `,
  ),
  digits: kind(`
    '4242424242424242'
    '79927398713'
    '0'
    '12'
    '007'
    '1e3'
    '-0.5'
    ' 1'
    't'
    'FALSE'
    '92233720368547758070'
  `),
  date_text: kind(`
    '2020-1-1'
    '20-1-1'
    ' 2020-01-01 '
    '+2020-01-01'
    '2020-13-01'
    '2021-02-29'
    '2020-01-01x'
    '2020-001-01'
    '2020-01'
    '2020/01/01'
    ''
  `),
  timestamp_text: kind(`
    '2020-1-1 1:2'
    '2020-01-01 10'
    '2020-01-01T10:00'
    '2020-01-01 10:00:00.1234567'
    '2020-01-01 10:00:00.9999'
    '2020-01-01 24:00'
    '2020-01-01 10:60'
    '2020-01-01 10:00 UTC'
    '2020-01-01 10:00:00 Europe/Berlin'
    ' 2020-01-01 10:00 '
    '2020-01-01  10:00'
    '20-01-01 10:00'
  `),
  time_text: kind(`
    '10:20'
    '1:2:3.5'
    ' 10:20'
    '10'
    '24:00'
    '10:20:30.1234567'
    '10:20:60'
    ''
  `),
  number_text: kind(`
    ' 1'
    '1 '
    '+1'
    '-1'
    '1e2'
    ' 1.5 '
    '1.'
    '.5'
    '0x10'
    '1d'
    '1.5f'
    'inf'
    'Infinity'
    '-NaN'
    '1_000'
    '1e400'
    '1.555'
    '99999999999'
    ''
    '+'
    '--1'
    'T'
    'f'
  `),
  no_text: kind(`
    X'80'
    X'c328'
    X'e282'
    X'f09f9828'
    X'c080'
    X'e08080'
    X'eda080'
    X'f4908080'
    X'f888808080'
    X'fc8480808080'
    X'ff80'
    X'6180c362e28263f09f64'
  `),
  one_or_two: kind(`
    1
    2
  `),
  broken: kind(`
    '3/1'
    '3 x'
    '3x'
    '3,'
    '"a"x'
    'truex'
    'true x'
    '[1]x'
    '[3x]'
    '[truex]'
    '{"a":1'
    '{"a":tru}'
    '{a:1}'
    '3.5.1'
    '-'
    '01'
    '[1,]'
  `),
  codepoint: kind(`
    65
    233
    128512
    0
    -1
    1114112
  `),
  like: kind(`
    '%'
    'a%'
    '%b_'
    '_'
    'a!%b'
    '%é%'
    'A%'
  `),
  pattern: kind(`
    'a'
    '[a-c]+'
    '(a)(b)?'
    '\\d+'
    '\\w+'
    '\\s'
    '^a'
    'b$'
    '.'
    'x*'
    'l+o'
    '(?i)A'
    '[^a-z]'
    'a|b'
    '(\\w)(\\d)'
    '\\bW'
    '.*?o'
    '(?:ab)+'
    '[[:alpha:]]+'
    '\\p{Lu}'
    'é'
    'a{2,}'
    '('
  `),
  group: kind(`
    0
    1
    2
  `),
  replacement: kind(`
    'X'
    '$1'
    '[$0]'
    '\\$'
    ''
  `),
  format_number: kind(`
    %s
    %d
    %05d
    %.2f
    %,.1f
    %,d
    %+d
    %e
    %10s
    %x
    %X
    %o
    %.2E
    %08x
    %b
  `),
  varbinary: kind(
    `
      X''
      X'00ff'
      X'616263'
      to_utf8('naïve')
      cast(null as varbinary)
    `,
    `
      to_utf8($varchar)
      from_hex('6162')
      from_hex($varchar)
      from_base64('YWJj')
      from_base64url('_-8')
      md5($varbinary)
      sha1($varbinary)
      sha256($varbinary)
      sha512($varbinary)
      hmac_sha1($varbinary, X'6b')
      hmac_sha512($varbinary, X'6b')
      hmac_sha256($varbinary, X'6b')
      hmac_md5($varbinary, X'6b')
      ($varbinary || $varbinary)
      concat($varbinary, $varbinary)
      cast($varchar as varbinary)
    `,
  ),
  date: kind(
    `
      date '2020-02-29'
      date '2024-02-10'
      date '1969-12-31'
      date '2021-01-03'
      date '1900-03-01'
      date '2399-12-31'
      current_date
      cast(null as date)
    `,
    `
      ($date + interval '1' day)
      ($date - $month_interval)
      ($date + $month_interval)
      date_add('$date_unit', $small_count, $date)
      date_trunc('$date_unit', $date)
      last_day_of_month($moment)
      date($timestamp)
      date('2020-05-06')
      date($varchar)
      cast($timestamp as date)
      cast($zoned as date)
      cast('2020-01-02' as date)
      try_cast($varchar as date)
      try_cast($date_text as date)
      from_iso8601_date('2020-W10')
      greatest($date, $date)
      coalesce($date, $date)
      element_at(sequence($date, $date, interval '1' month), 1)
    `,
  ),
  timestamp: kind(
    `
      timestamp '2020-02-29 12:34:56'
      timestamp '2020-01-01 00:00:00.123'
      timestamp '1969-12-31 23:59:59.999'
      timestamp '2024-03-10 02:30:00.123456'
      timestamp '2001-08-22'
      localtimestamp
      timestamp '1582-10-10 01:02:03.5'
      cast(null as timestamp(3))
    `,
    `
      ($timestamp + $interval)
      ($timestamp - $interval)
      date_add('$unit', $small_count, $timestamp)
      date_trunc('$unit', $timestamp)
      cast($date as timestamp)
      cast($date as timestamp(6))
      cast($zoned as timestamp(3))
      cast($timestamp as timestamp(0))
      cast($timestamp as timestamp(3))
      cast('2020-01-02 03:04:05.6' as timestamp)
      try_cast($varchar as timestamp)
      try_cast($date_text as timestamp)
      try_cast($timestamp_text as timestamp)
      date_parse('2020-05-06 07:08:09', '%Y-%m-%d %H:%i:%s')
      date_parse('2020-05-06', '%Y-%m-%d')
      date_parse('20/02/2019 11.59 PM', '%d/%m/%Y %h.%i %p')
      date_parse($varchar, '%Y-%m-%d')
      greatest($timestamp, $timestamp)
      coalesce($timestamp, $timestamp)
    `,
  ),
  zoned: kind(
    `
      timestamp '2020-02-29 12:34:56 UTC'
      timestamp '2020-07-01 00:00:00.123 America/New_York'
      timestamp '2020-11-01 01:30:00 America/New_York'
      timestamp '2012-10-31 01:00:00.5 +05:30'
      timestamp '1965-01-01 00:00:00 Europe/London'
      current_timestamp
      now()
      cast(null as timestamp(3) with time zone)
    `,
    `
      ($zoned + $interval)
      ($zoned - $interval)
      date_add('$unit', $small_count, $zoned)
      date_trunc('$unit', $zoned)
      ($timestamp at time zone '$zone')
      ($zoned at time zone '$zone')
      at_timezone($zoned, '$zone')
      with_timezone($timestamp, '$zone')
      from_unixtime($seconds)
      from_unixtime($seconds, '$zone')
      from_iso8601_timestamp('2020-05-11T11:15:05.055')
      from_iso8601_timestamp('2020-05-11T11:15:05+02:00')
      parse_datetime('2020-05-06 07:08', 'yyyy-MM-dd HH:mm')
      cast($timestamp as timestamp with time zone)
      cast($date as timestamp(3) with time zone)
    `,
  ),
  moment: kind(
    '',
    `
      $date
      $timestamp
      $zoned
    `,
  ),
  time: kind(
    `
      time '01:02:03'
      time '23:59:59.999'
      time '00:00'
      cast(null as time)
    `,
    `
      cast($timestamp as time(3))
      ($time + interval '90' minute)
      cast('10:20:30' as time)
      try_cast($time_text as time)
      date_trunc('minute', $time)
    `,
  ),
  day_interval: kind(
    `
      interval '1' day
      interval '36' hour
      interval '-90' second
      interval '2 03:04:05.678' day to second
      cast(null as interval day to second)
    `,
    `
      ($timestamp - $timestamp)
      ($date - $date)
      ($day_interval * 2)
      ($day_interval / 3)
      ($day_interval + $day_interval)
      -$day_interval
      parse_duration('42.8ms')
    `,
  ),
  month_interval: kind(
    `
      interval '1' month
      interval '-1' year
      interval '2-3' year to month
    `,
    `
      ($month_interval * 3)
      ($month_interval + $month_interval)
      -$month_interval
    `,
  ),
  interval: kind(
    '',
    `
      $day_interval
      $month_interval
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
  unit: kind(`
    millisecond
    second
    minute
    hour
    day
    week
    month
    quarter
    year
  `),
  date_unit: kind(`
    day
    week
    month
    quarter
    year
  `),
  part: kind(`
    year
    quarter
    month
    week
    day
    dow
    doy
    yow
  `),
  zone: kind(`
    UTC
    America/New_York
    Asia/Kolkata
    +02:00
    Europe/London
  `),
  mysql_format: kind(`
    '%Y-%m-%d %H:%i:%s'
    '%a %b %e %Y'
    '%W, %M %d'
    '%j %y'
    '%h:%i %p'
    '%T %f'
    '%c/%e/%y %k %l %r'
    '%x-%v'
    '100%%'
  `),
  joda_format: kind(`
    'yyyy-MM-dd HH:mm:ss.SSS'
    'EEE, d MMM yy'
    'EEEE MMMM'
    'hh:mm a'
    'DDD'
    'xxxx-''W''ww-e'
    'yyyyMMdd''T''HHmm'
  `),
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
  url: kind(`
    'http://example.com:8080/a/b%20c?k=v%20w&x=1#top'
    'https://user@host/'
    'ftp://h'
    'not a url'
    ''
    'http://example.com/?k'
    cast(null as varchar)
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

export type KindName = keyof typeof GRAMMAR;
