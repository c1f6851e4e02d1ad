import { kind, type Kind } from './kind.ts';

/** Texts, and those that mean something: numbers, patterns, formats, addresses. */
export const TEXTS = {
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
  url: kind(`
    'http://example.com:8080/a/b%20c?k=v%20w&x=1#top'
    'https://user@host/'
    'ftp://h'
    'not a url'
    ''
    'http://example.com/?k'
    cast(null as varchar)
  `),
} as const satisfies Readonly<Record<string, Kind>>;
