import { failing, from } from './case.ts';

const JONI =
  'https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/operator/scalar/JoniRegexpFunctions.java';

export const STRING = [
  ...from('functions/string.html', [
    ["'a' || 'b'", 'ab', 'varchar'], ["'a' || null", null, 'varchar'],
    ['chr(65)', 'A', 'varchar(1)'], ["codepoint('A')", '65', 'integer'], ["codepoint('😀')", '128512', 'integer'],
    ["concat('a', 'b', 'c')", 'abc', 'varchar'], ["concat('a', null)", null, 'varchar'], ["concat_ws(',', 'a', null, 'b')", 'a,b', 'varchar'], ["concat_ws(',', array['a', null, 'c'])", 'a,c', 'varchar'], ["concat_ws(null, 'a', 'b')", null, 'varchar'],
    ["ends_with('hello', 'lo')", 'true', 'boolean'], ["starts_with('hello', 'he')", 'true', 'boolean'], ["hamming_distance('karolin', 'kathrin')", '3', 'bigint'],
    ["length('héllo')", '5', 'bigint'], ["length('a😀b')", '3', 'bigint'], ["levenshtein_distance('kitten', 'sitting')", '3', 'bigint'], ["lower('ABC')", 'abc', 'varchar(3)'], ["upper('abc')", 'ABC', 'varchar(3)'],
    ["lpad('7', 3, '0')", '007', 'varchar'], ["lpad('hello', 2, 'x')", 'he', 'varchar'], ["rpad('7', 3, '0')", '700', 'varchar'], ["ltrim('  a ')", 'a ', 'varchar(4)'], ["rtrim('  a ')", '  a', 'varchar(4)'],
    ["luhn_check('79927398713')", 'true', 'boolean'], ["luhn_check('79927398714')", 'false', 'boolean'],
    ["position('l' in 'hello')", '3', 'bigint'], ["strpos('hello', 'z')", '0', 'bigint'], ["strpos('hello', 'l', 2)", '4', 'bigint'], ["strpos('hello', 'l', -1)", '4', 'bigint'],
    ["replace('abc', '', '-')", '-a-b-c-', 'varchar(7)'], ["select try(replace(s, '', 'x')) from (values 'hello') as t(s)", 'xhxexlxlxox', 'varchar(11)'], ["replace('aXb', 'X')", 'ab', 'varchar(3)'], ["replace('aXb', 'X', '-')", 'a-b', 'varchar(7)'], ["reverse('abc')", 'cba', 'varchar(3)'], ["reverse('a😀')", '😀a', 'varchar(2)'],
    ["soundex('CHYNA') = soundex('CHINA')", 'true', 'boolean'],
    ["split('a,b,c', ',')", '[a, b, c]', 'array(varchar(5))'], ["split('a,b,c', ',', 2)", '[a, b,c]', 'array(varchar(5))'], ["split_part('a,b', ',', 2)", 'b', 'varchar(3)'], ["split_part('a,b', ',', 3)", null, 'varchar(3)'],
    ["split_to_map('a=1;b=2', ';', '=')", '{a=1, b=2}', 'map(varchar, varchar)'], ["split_to_multimap('a=1;a=2;b=3', ';', '=')", '{a=[1, 2], b=[3]}', 'map(varchar, array(varchar))'],
    ["substr('hello', 2, 3)", 'ell', 'varchar(5)'], ["substring('hello', -3)", 'llo', 'varchar(5)'], ["substr('hello', 0)", '', 'varchar(5)'], ["substr('hello', -9)", '', 'varchar(5)'], ["substring('hello' from 2 for 2)", 'el', 'varchar(5)'],
    ["translate('abcd', '', '')", 'abcd', 'varchar'], ["translate('abcd', 'a', 'z')", 'zbcd', 'varchar'], ["translate('abcda', 'a', 'z')", 'zbcdz', 'varchar'], ["translate('Palhoça', 'ç', 'c')", 'Palhoca', 'varchar'],
    ["translate('abcd', 'b', U&'\\+01F600')", 'a😀cd', 'varchar'], ["translate('abcd', 'a', '')", 'bcd', 'varchar'], ["translate('abcd', 'a', 'zy')", 'zbcd', 'varchar'], ["translate('abcd', 'ac', 'z')", 'zbd', 'varchar'], ["translate('abcd', 'aac', 'zq')", 'zbd', 'varchar'],
    ["trim('!' from '!foo!')", 'foo', 'varchar(5)'], ["trim(leading from '  abcd')", 'abcd', 'varchar(6)'], ["trim(both '$' from '$var$')", 'var', 'varchar(5)'], ["trim(trailing 'ER' from upper('worker'))", 'WORK', 'varchar(6)'], ["trim('  a ')", 'a', 'varchar(4)'],
  ]),
  ...from('functions/string.html#unicode-functions', [
    ["normalize('é', NFD) = 'é'", 'false', 'boolean'], ["length(normalize('é', NFD))", '2', 'bigint'], ["length(normalize(U&'e\\0301'))", '1', 'bigint'], ["to_utf8('abc')", '61 62 63', 'varbinary'], ["from_utf8(to_utf8('héllo'))", 'héllo', 'varchar'], ["from_utf8(x'ff41')", '\ufffdA', 'varchar'],
  ]),
  ...from('functions/url.html', [
    ["url_extract_protocol('http://localhost:8080/req_path')", 'http', 'varchar(30)'], ["url_extract_protocol('https://127.0.0.1:8080/req_path')", 'https', 'varchar(31)'], ["url_extract_protocol('ftp://path/file')", 'ftp', 'varchar(15)'],
    ["url_extract_host('http://example.com:8080/a?b=1#c')", 'example.com', 'varchar(31)'], ["url_extract_port('http://example.com:8080/a')", '8080', 'bigint'], ["url_extract_path('http://example.com/a/b?x=1')", '/a/b', 'varchar(26)'],
    ["url_extract_query('http://example.com/?x=1&y=2')", 'x=1&y=2', 'varchar(27)'], ["url_extract_fragment('http://example.com/#top')", 'top', 'varchar(23)'], ["url_extract_parameter('http://example.com/?x=1&y=a%20b', 'y')", 'a b', 'varchar(31)'],
    ["url_extract_query('http://example.com/path1/p.php')", '', 'varchar(30)'], ["url_extract_fragment('http://example.com/path1/p.php?')", '', 'varchar(31)'], ["url_extract_path('http://example.com')", '', 'varchar(18)'], ["url_extract_protocol('foo')", '', 'varchar(3)'], ["url_extract_host('foo')", '', 'varchar(3)'], ["url_extract_port('http://example.com/')", null, 'bigint'], ["url_extract_host('http://not uri/cannot contain whitespace')", null, 'varchar(40)'],
    ["url_extract_parameter('http://example.com/?x=1', 'z')", null, 'varchar(23)'], ["url_encode('a b&c=d*~')", 'a+b%26c%3Dd*%7E', 'varchar(108)'], ["url_decode('a+b%26c')", 'a b&c', 'varchar(7)'],
  ]),
  ...from(JONI, [
    [String.raw`regexp_replace('new york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2]))`, 'New York', 'varchar'], ["regexp_replace('ab', 'b', x -> cast(null as varchar))", null, 'varchar'],
    ["regexp_like(concat('a', chr(10)), 'a$')", 'true', 'boolean'], ["regexp_like('a', '(?=a)')", 'true', 'boolean'], ["regexp_extract('aaa', 'a{2,}')", 'aaa', 'varchar(3)'], ["regexp_extract('a{,2}', 'a{,2}')", 'a{,2}', 'varchar(5)'],
    ["regexp_extract('ab', '(x)?b', 1)", null, 'varchar(2)'], ["regexp_extract_all('ab', '(a)|b', 1)", '[a, null]', 'array(varchar(2))'], [String.raw`regexp_like('é', '^\w$')`, 'false', 'boolean'], [String.raw`regexp_like('é', '[^\w]')`, 'true', 'boolean'], [String.raw`regexp_like('٣', '\d')`, 'false', 'boolean'],
    [String.raw`regexp_replace('naïve é', '\b\w', 'X')`, 'Xaïve é', 'varchar(31)'], ["regexp_replace('abcdefghij', '(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)', '$10')", 'j', 'varchar(175)'], ["regexp_replace('ab', '(a)', '$10')", 'a0b', 'varchar(11)'], ["regexp_split('abc', '')", '[, a, b, c, ]', 'array(varchar(3))'],
    ["regexp_replace('abc', 'x*', '-')", '-a-b-c-', 'varchar(7)'], [String.raw`regexp_like('a.b', '^[\w.-]+$')`, 'true', 'boolean'], ["regexp_extract('aBc', '(?i)b')", 'B', 'varchar(3)'], ["regexp_position('abc', '', 9)", '-1', 'integer'], [String.raw`regexp_extract('a.b.com', '([a-z]\.)+com', 1)`, 'b.', 'varchar(7)'],
    [String.raw`regexp_extract('https://x.y/z?a=1', '^https?://([^/]+)/([^?#]*)', 2)`, 'z', 'varchar(17)'], [String.raw`regexp_replace('a\b', '\\', '/')`, 'a/b', 'varchar(7)'], ["regexp_count('aXa', '.')", '3', 'bigint'], ["regexp_like(chr(10), '.')", 'false', 'boolean'],
  ]),
  ...from('functions/string.html', [
    ["upper('straße')", 'STRAßE', 'varchar(6)'], ["upper('ᾳé')", 'ᾼÉ', 'varchar(2)'], ["lower('ΑΣ')", 'ασ', 'varchar(2)'], ["lower('İ')", 'i', 'varchar(1)'],
  ]),
  ...from('functions/conversion.html', [
    ["format('%s', timestamp '2020-01-01 10:20:30.500')", '2020-01-01T10:20:30.500', 'varchar'], ["format('%s', timestamp '2020-01-01 10:20:00')", '2020-01-01T10:20', 'varchar'], ["format('%s', timestamp '2020-01-01 10:20:00.000500')", '2020-01-01T10:20:00.000500', 'varchar'], ["format('%s %s', date '2020-01-01', time '10:20:30.000')", '2020-01-01 10:20:30', 'varchar'],
  ]),
  ...from('functions/comparison.html', [
    ["'a#b' like 'a##b' escape '#'", 'true', 'boolean'], ["select x like y escape '#' from (values ('a%', 'a#%')) t(x, y)", 'true', 'boolean'],
  ]),
  ...from('functions/regexp.html', [
    [String.raw`regexp_count('1a 2b 14m', '\s*[a-z]+\s*')`, '3', 'bigint'], [String.raw`regexp_extract_all('1a 2b 14m', '\d+')`, '[1, 2, 14]', 'array(varchar(9))'], [String.raw`regexp_extract_all('1a 2b 14m', '(\d+)([a-z]+)', 2)`, '[a, b, m]', 'array(varchar(9))'],
    [String.raw`regexp_extract('1a 2b 14m', '\d+')`, '1', 'varchar(9)'], [String.raw`regexp_extract('1a 2b 14m', '(\d+)([a-z]+)', 2)`, 'a', 'varchar(9)'], ["regexp_extract('abc', '[0-9]+')", null, 'varchar(3)'], [String.raw`regexp_like('1a 2b 14m', '\d+b')`, 'true', 'boolean'],
    [String.raw`regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b')`, '8', 'integer'], [String.raw`regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b', 12)`, '19', 'integer'],
    [String.raw`regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b', 12, 2)`, '31', 'integer'], [String.raw`regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b', 12, 3)`, '-1', 'integer'],
    [String.raw`regexp_replace('1a 2b 14m', '\d+[ab] ')`, '14m', 'varchar(9)'], [String.raw`regexp_replace('1a 2b 14m', '(\d+)([ab]) ', '3c$2 ')`, '3ca 3cb 14m', 'varchar(229)'], [String.raw`regexp_replace('a1', '\d', '\$')`, 'a$', 'varchar(8)'],
    [String.raw`regexp_split('1a 2b 14m', '\s*[a-z]+\s*')`, '[1, 2, 14, ]', 'array(varchar(9))'],
  ]),
  ...from('functions/binary.html', [
    ["to_hex(md5(to_utf8('abc')))", '900150983CD24FB0D6963F7D28E17F72', 'varchar'], ["to_hex(sha1(to_utf8('abc')))", 'A9993E364706816ABA3E25717850C26C9CD0D89D', 'varchar'], ["substr(to_hex(sha256(to_utf8('abc'))), 1, 16)", 'BA7816BF8F01CFEA', 'varchar'],
    ["substr(to_hex(sha512(to_utf8('abc'))), 1, 16)", 'DDAF35A193617ABA', 'varchar'], ["to_hex(hmac_md5(to_utf8('what do ya want for nothing?'), to_utf8('Jefe')))", '750C783E6AB0B503EAA86E310A5DB738', 'varchar'],
    ["substr(to_hex(hmac_sha1(to_utf8('what do ya want for nothing?'), to_utf8('Jefe'))), 1, 8)", 'EFFCDF6A', 'varchar'], ["substr(to_hex(hmac_sha256(to_utf8('what do ya want for nothing?'), to_utf8('Jefe'))), 1, 8)", '5BDCC146', 'varchar'],
    ["substr(to_hex(hmac_sha512(to_utf8('what do ya want for nothing?'), to_utf8('Jefe'))), 1, 8)", '164B7A7B', 'varchar'], ["crc32(to_utf8('abc'))", '891568578', 'bigint'],
    ["from_hex('616263')", '61 62 63', 'varbinary'], ["to_base64(to_utf8('hi?>'))", 'aGk/Pg==', 'varchar'], ["from_utf8(from_base64('aGk/Pg=='))", 'hi?>', 'varchar'], ["to_base64url(to_utf8('hi?>'))", 'aGk_Pg==', 'varchar'],
    ["from_utf8(from_base64url('aGk_Pg=='))", 'hi?>', 'varchar'], ["x'61' || x'62'", '61 62', 'varbinary'], ["concat(x'61', x'62')", '61 62', 'varbinary'], ["length(x'6162')", '2', 'bigint'],
  ]),
]; // prettier-ignore

export const STRING_FAILURES = [
  ...failing('functions/string.html', [
    ["codepoint('ab')", 'FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters (varchar(2)) for function codepoint'], ["lpad('a', -1, 'x')", 'INVALID_FUNCTION_ARGUMENT: Target length must be in the range'], ["rpad('a', 3, '')", 'INVALID_FUNCTION_ARGUMENT: Padding string must not be empty'],
    ["split_part('a', ',', 0)", 'INVALID_FUNCTION_ARGUMENT: Index must be greater than zero'], ["split('a', '')", 'INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string'], ["split('a', ',', 0)", 'INVALID_FUNCTION_ARGUMENT: Limit must be positive'],
    ["split_to_map('a=1;a=2', ';', '=')", 'INVALID_FUNCTION_ARGUMENT: Duplicate keys are not allowed'], ["hamming_distance('a', 'ab')", 'INVALID_FUNCTION_ARGUMENT: The input strings to hamming_distance function must have the same length'],
    ["lower(1)", 'FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters (integer) for function lower'], ["'a' || 1", 'FUNCTION_NOT_FOUND: line 1:12: Unexpected parameters (varchar(1), integer) for function concat'],
  ]),
  ...failing('functions/binary.html', [["from_hex('abc')", 'INVALID_FUNCTION_ARGUMENT: invalid input length']]),
  ...failing('functions/conversion.html', [["format('%s', timestamp '2020-01-01 10:20:30 UTC')", "NOT_SUPPORTED: '%s' in a format"]]),
  ...failing('functions/comparison.html', [
    ["'a' like 'x#y' escape '#'", "INVALID_FUNCTION_ARGUMENT: Escape character must be followed by '%', '_' or the escape character itself"], ["'a' like '%#' escape '#'", 'INVALID_FUNCTION_ARGUMENT: Escape character must be followed by'],
    ["'a' like 'a' escape '##'", 'INVALID_FUNCTION_ARGUMENT: Escape string must be a single character'],
  ]),
  ...failing(JONI, [
    ["regexp_extract('ab', 'b', 1)", 'INVALID_FUNCTION_ARGUMENT: Pattern has 0 groups. Cannot access group 1'], ["regexp_extract('ab', 'x', -1)", 'INVALID_FUNCTION_ARGUMENT: Group cannot be negative'],
    ["regexp_replace('abc', 'b', '$1')", 'INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: unknown group 1'], ["regexp_replace('abc', 'b', '$x')", 'INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence'], [String.raw`regexp_replace('abc', 'b', 'x\')`, 'INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence'],
    ["regexp_like('a', '[[:alpha:]]')", 'NOT_SUPPORTED: this regular expression'], ["regexp_like('aa', '(a*)*')", 'NOT_SUPPORTED: this regular expression'], ["regexp_like('a', 'a++')", 'NOT_SUPPORTED: this regular expression'], [String.raw`regexp_like('aa', '(a)\1')`, 'NOT_SUPPORTED: this regular expression'],
    ["regexp_extract('aab', '(?:(a)|b)*', 1)", 'NOT_SUPPORTED: a group within a repeated one'],
  ]),
  ...failing('functions/regexp.html', [
    [String.raw`regexp_replace('a', '(a)', '\${x}')`.replace('\\$', '$'), 'NOT_SUPPORTED: a group by name in a replacement'], ["regexp_like('a', '(?<=a)')", 'NOT_SUPPORTED: this regular expression'],
  ]),
]; // prettier-ignore
