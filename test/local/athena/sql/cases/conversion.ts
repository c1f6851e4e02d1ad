import { failing, from } from './case.ts';

export const CONVERSION = [
  ...from('https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/type/DoubleOperators.java', [
    ['cast(1e0 as varchar)', '1.0E0', 'varchar'], ['cast(0e0 as varchar)', '0E0', 'varchar'], ['cast(123456.789e0 as varchar)', '1.23456789E5', 'varchar'], ['cast(-1.5e-10 as varchar)', '-1.5E-10', 'varchar'],
    ["format('%08x|%X|%o', 255, -1, 8)", '000000ff|FFFFFFFFFFFFFFFF|10', 'varchar'], ["format('%.2E', 12345.678e0)", '1.23E+04', 'varchar'], ["format('%5b|%s', true, null)", ' true|null', 'varchar'], ['format_number(123456)', '123K', 'varchar'], ['format_number(-1234567)', '-1.23M', 'varchar'],
    ['cast(nan() as varchar)', 'NaN', 'varchar'], ["cast(real '0.1' as varchar)", '1.0E-1', 'varchar'], ["cast(real '3.4028235e38' as varchar)", '3.402823E38', 'varchar'], ["cast(json '1.50' as varchar)", '1.5E0', 'varchar'],
  ]),
  ...from('functions/conversion.html', [
    ["cast('12' as bigint)", '12', 'bigint'], ["cast('-12' as integer)", '-12', 'integer'], ["cast('1.5e3' as double)", '1500.0', 'double'], ["cast('NaN' as double)", 'NaN', 'double'],
    ["cast('1.25' as decimal(5,2))", '1.25', 'decimal(5,2)'], ["cast('1.255' as decimal(5,2))", '1.26', 'decimal(5,2)'], ["cast('true' as boolean)", 'true', 'boolean'], ["cast('F' as boolean)", 'false', 'boolean'],
    ["cast('2020-05-10' as date)", '2020-05-10', 'date'], ["cast('2020-05-10 12:34:56.123' as timestamp)", '2020-05-10 12:34:56.123', 'timestamp(3)'], ["cast('01:02:03' as time)", '01:02:03.000', 'time(3)'],
    ['cast(2.5e0 as bigint)', '3', 'bigint'], ['cast(-2.5e0 as bigint)', '-3', 'bigint'], ['cast(2.5 as integer)', '3', 'integer'], ['cast(true as integer)', '1', 'integer'], ['cast(0 as boolean)', 'false', 'boolean'],
    ['cast(1.255 as decimal(5,2))', '1.26', 'decimal(5,2)'], ['cast(1 as decimal(5,2))', '1.00', 'decimal(5,2)'], ['cast(1.5 as double)', '1.5', 'double'], ["cast(1.1 as real)", '1.1', 'real'],
    ['cast(12 as varchar)', '12', 'varchar'], ['cast(1.50 as varchar)', '1.50', 'varchar'], ['cast(true as varchar)', 'true', 'varchar'], ["cast(date '2020-05-10' as varchar)", '2020-05-10', 'varchar'],
    ["cast(timestamp '2020-05-10 12:34:56.123' as varchar)", '2020-05-10 12:34:56.123', 'varchar'], ["cast(timestamp '2020-05-10 12:34:56' as varchar)", '2020-05-10 12:34:56', 'varchar'], ["cast('hello' as varchar(3))", 'hel', 'varchar(3)'],
    ["cast(timestamp '2020-05-10 12:34:56' as date)", '2020-05-10', 'date'], ["cast(date '2020-05-10' as timestamp)", '2020-05-10 00:00:00.000', 'timestamp(3)'],
    ['cast(array[1, 2] as array(varchar))', '[1, 2]', 'array(varchar)'], ["cast(row(1, 'x') as row(a bigint, b varchar)).a", '1', 'bigint'], ['cast(null as bigint)', null, 'bigint'],
    ["cast('abc' as varbinary)", '61 62 63', 'varbinary'],
    ["try_cast('x' as integer)", null, 'integer'], ["try_cast(array['1', 'x'] as array(bigint))", null, 'array(bigint)'], ["transform(array[array['1'], array['x']], e -> try_cast(e as array(bigint)))", '[[1], null]', 'array(array(bigint))'], ["try_cast('7' as integer)", '7', 'integer'], ["try_cast('2020-13-01' as date)", null, 'date'], ['try_cast(3000000000 as integer)', null, 'integer'],
    ['typeof(123)', 'integer', 'varchar'], ["typeof('cat')", 'varchar(3)', 'varchar'], ['typeof(cos(2) + 1.5)', 'double', 'varchar'], ['typeof(1.50)', 'decimal(3,2)', 'varchar'], ['typeof(null)', 'unknown', 'varchar'],
    ["typeof(row(1, 'x'))", 'row(integer, varchar(1))', 'varchar'], ['typeof(map(array[1], array[2e0]))', 'map(integer, double)', 'varchar'], ['typeof(now())', 'timestamp(3) with time zone', 'varchar'],
  ]),
  ...from('language/types.html#decimal', [
    ['cast(0.05 as varchar)', '0.05', 'varchar'], ['cast(-0.05 as varchar)', '-0.05', 'varchar'], ["cast(cast(0 as decimal(38,38)) as varchar)", `0.${'0'.repeat(38)}`, 'varchar'], ["try_cast(0.05 as varchar(10))", '0.05', 'varchar(10)'],
    ['cast(array[0.05, null] as array(varchar))', '[0.05, null]', 'array(varchar)'], ['cast(1.05 as varchar)', '1.05', 'varchar'],
    ["array_join(array[0.05, 0.10], ',')", '0.05,0.10', 'varchar'], ["listagg(cast(0.05 as varchar), ',')", '0.05', 'varchar'], ["format('%s', 0.05)", '0.05', 'varchar'], ["format('%.1f', 0.05)", '0.1', 'varchar'],
    ['json_format(cast(0.05 as json))', '0.05', 'varchar'], ['json_format(cast(array[0.05, -0.05, null] as json))', '[0.05,-0.05,null]', 'varchar'], ["json_format(cast(map(array[0.5], array[0.05]) as json))", '{"0.5":0.05}', 'varchar'],
    ['0.05 / 0.10', '0.50', 'decimal(4,2)'],
    ["select s, count(*) from (select try_cast(d as varchar) as s from (values 0.05) as t(d)) group by s", [['0.05', '1']], 'varchar'],
  ]),
  ...from('functions/conversion.html#formatting', [
    ["format('%s%%', 123)", '123%', 'varchar'], ["format('%.5f', pi())", '3.14159', 'varchar'], ["format('%03d', 8)", '008', 'varchar'], ["format('%,.2f', 1234567.89)", '1,234,567.89', 'varchar'],
    ["format('%-7s,%7s', 'hello', 'world')", 'hello  ,  world', 'varchar'], ["format('%2$s %3$s %1$s', 'a', 'b', 'c')", 'b c a', 'varchar'], ["format('%1$tA, %1$tB %1$te, %1$tY', date '2006-07-04')", 'Tuesday, July 4, 2006', 'varchar'],
  ]),
  ...from('language/types.html', [
    ["U&'Hello winter \\2603 !'", 'Hello winter \u2603 !', 'varchar(16)'], ["U&'Hello winter #2603 !' UESCAPE '#'", 'Hello winter \u2603 !', 'varchar(16)'], ["'I am big, it''s the pictures that got small!'", "I am big, it's the pictures that got small!", 'varchar(43)'],
    ["X'65683F'", '65 68 3f', 'varbinary'], ["double '10.3'", '10.3', 'double'], ["real '10.3'", '10.3', 'real'], ["row(1, 2.0)[1]", '1', 'integer'], ['cast(row(1, 2.0) as row(x bigint, y double)).x', '1', 'bigint'],
    ["row('Bob', 38)", '{field0=Bob, field1=38}', 'row(varchar(3), integer)'], ["uuid '12151fd2-7586-11e9-8f9e-2a86e4085a59'", '12151fd2-7586-11e9-8f9e-2a86e4085a59', 'uuid'],
    ["cast(timestamp '2020-06-10 15:55:23.383345' as timestamp(1))", '2020-06-10 15:55:23.400', 'timestamp(1)'], ["typeof(timestamp '2020-06-10 15:55:23.383345')", 'timestamp(6)', 'varchar'],
    ["timestamp '2020-06-10 15:55:23.383345'", '2020-06-10 15:55:23.383345', 'timestamp(6)'], ["length(cast(uuid() as varchar))", '36', 'bigint'],
  ]),
]; // prettier-ignore

export const CONVERSION_FAILURES = [
  ...failing('functions/conversion.html', [
    ['try_cast(1 / 0 as bigint)', 'DIVISION_BY_ZERO: Division by zero'],
    ['try_cast(1 / 0 as varchar)', 'DIVISION_BY_ZERO: Division by zero'],
    ["try_cast(array[cast('x' as integer)] as array(varchar))", 'INVALID_CAST_ARGUMENT: Cannot cast the text to a whole number'],
    ["try_cast(split_part('a', 'b', 0) as integer)", 'INVALID_FUNCTION_ARGUMENT: Index must be greater than zero'],
    ["cast('P332a' as bigint)", 'INVALID_CAST_ARGUMENT: Cannot cast the text to a whole number'],
    ["cast('1.5' as bigint)", 'INVALID_CAST_ARGUMENT: Cannot cast the text to a whole number'],
    ["cast('secret' as double)", 'INVALID_CAST_ARGUMENT: Cannot cast the text to a floating-point number'],
    ["cast('yes' as boolean)", 'INVALID_CAST_ARGUMENT: Cannot cast the text to boolean'],
    ["cast('2020/05/10' as date)", 'INVALID_CAST_ARGUMENT: Cannot cast the text to date'],
    ["cast('2020-13-01' as date)", 'INVALID_CAST_ARGUMENT'],
    ['cast(3000000000 as integer)', 'NUMERIC_VALUE_OUT_OF_RANGE: Out of range for integer'],
    ['cast(1234.5 as decimal(3,1))', 'INVALID_CAST_ARGUMENT'],
    ['cast(nan() as bigint)', 'INVALID_CAST_ARGUMENT: Cannot cast NaN to a whole number'],
    ['cast(array[1] as bigint)', 'TYPE_MISMATCH: line 1:8: Cannot cast array(integer) to bigint'],
    ['cast(1 as nonsense)', 'TYPE_MISMATCH: line 1:18: Unknown type: nonsense'],
    ["cast('a' as char(3))", "NOT_SUPPORTED: line 1:20: the type 'char' is not on the tested list of headwaters local"],
    ["format('%h', 1)", "NOT_SUPPORTED: '%h' in a format is not on the tested list of headwaters local"],
  ]),
  ...failing('language/types.html', [
    ["date '2020-02-30'", 'INVALID_LITERAL: line 1:8: the text is not a valid DATE literal'],
    ["timestamp 'x'", 'INVALID_LITERAL: line 1:8: the text is not a valid TIMESTAMP literal'],
    ["X'6'", 'SYNTAX_ERROR: line 1:8: Binary literal must contain an even number of digits'],
    ["timestamp '2020-01-01 00:00:00.1234567'", 'NOT_SUPPORTED: line 1:8: more than 6 digits of a second'],
    ['cast(1 as decimal(39))', 'INVALID_FUNCTION_ARGUMENT: line 1:8: DECIMAL precision must be in range [1, 38]: 39'],
  ]),
];
