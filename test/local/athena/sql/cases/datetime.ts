import { failing, from } from './case.ts';

const T = "timestamp '2001-08-22 03:04:05.321'";
const BEFORE_SPRING = "timestamp '2020-03-07 12:00:00 America/New_York'";
const SPRING_NOON = "timestamp '2020-03-08 12:00:00 America/New_York'";
/** A time that the clock shows twice. */
const REPEATED = "timestamp '2020-11-01 01:30:00 America/New_York'";

export const DATE_AND_TIME = [
  ...from('functions/datetime.html#date-and-time-operators', [
    ["date '2012-08-08' + interval '2' day", '2012-08-10', 'date'], ["time '01:00' + interval '3' hour", '04:00:00.000', 'time(3)'], ["timestamp '2012-08-08 01:00' + interval '29' hour", '2012-08-09 06:00:00.000', 'timestamp(3)'],
    ["timestamp '2012-10-31 01:00' + interval '1' month", '2012-11-30 01:00:00.000', 'timestamp(0)'], ["interval '2' day + interval '3' hour", '2 03:00:00.000', 'interval day to second'], ["interval '3' year + interval '5' month", '3-5', 'interval year to month'],
    ["date '2012-08-08' - interval '2' day", '2012-08-06', 'date'], ["time '01:00' - interval '3' hour", '22:00:00.000', 'time(3)'], ["timestamp '2012-08-08 01:00' - interval '29' hour", '2012-08-06 20:00:00.000', 'timestamp(3)'],
    ["timestamp '2012-10-31 01:00' - interval '1' month", '2012-09-30 01:00:00.000', 'timestamp(0)'], ["interval '2' day - interval '3' hour", '1 21:00:00.000', 'interval day to second'], ["interval '3' year - interval '5' month", '2-7', 'interval year to month'],
    ["interval '1' day * 2", '2 00:00:00.000', 'interval day to second'], ["date '2020-03-01' - date '2020-02-28'", '2 00:00:00.000', 'interval day to second'], ["interval '1 02:03:04' day to second", '1 02:03:04.000', 'interval day to second'], ["interval '1-2' year to month", '1-2', 'interval year to month'], ["-interval '1' hour", '-0 01:00:00.000', 'interval day to second'],
  ]),
  ...from('functions/datetime.html#time-zone-conversion', [
    ["timestamp '2012-10-31 01:00 UTC'", '2012-10-31 01:00:00.000 UTC', 'timestamp(0) with time zone'], ["timestamp '2012-10-31 01:00 UTC' at time zone 'America/Los_Angeles'", '2012-10-30 18:00:00.000 America/Los_Angeles', 'timestamp(0) with time zone'],
    ["timestamp '2001-08-22 03:04:05.321 -08:30'", '2001-08-22 03:04:05.321 -08:30', 'timestamp(3) with time zone'], ["timestamp '2001-08-22 03:04:05.321 GMT-08:30'", '2001-08-22 03:04:05.321 -08:30', 'timestamp(3) with time zone'],
    ["timestamp '2001-08-22 03:04:05.321 America/New_York'", '2001-08-22 03:04:05.321 America/New_York', 'timestamp(3) with time zone'],
    ["at_timezone(timestamp '2022-11-01 09:08:07.321 America/New_York', 'America/Los_Angeles')", '2022-11-01 06:08:07.321 America/Los_Angeles', 'timestamp(3) with time zone'],
    ["with_timezone(timestamp '2022-11-01 09:08:07.321', 'America/Los_Angeles')", '2022-11-01 09:08:07.321 America/Los_Angeles', 'timestamp(3) with time zone'],
    ["hour(timestamp '2012-10-31 01:00 UTC' at time zone 'America/Los_Angeles')", '18', 'bigint'], ["date_trunc('day', timestamp '2012-10-31 01:00:00.000 UTC' at time zone 'America/Los_Angeles')", '2012-10-30 00:00:00.000 America/Los_Angeles', 'timestamp(3) with time zone'],
    ["cast(timestamp '2012-10-31 01:00:00.555 -08:30' as timestamp(0) with time zone)", '2012-10-31 01:00:01.000 -08:30', 'timestamp(0) with time zone'],
    ["cast(timestamp '2012-10-31 01:00 UTC' at time zone 'America/Los_Angeles' as date)", '2012-10-30', 'date'],
  ]),
  ...from('functions/datetime.html#date-and-time-functions', [
    ['current_date', '2024-02-10', 'date'], ['current_timestamp', '2024-02-10 08:30:00.000 UTC', 'timestamp(3) with time zone'], ['current_timestamp(6)', '2024-02-10 08:30:00.000000 UTC', 'timestamp(6) with time zone'], ['now()', '2024-02-10 08:30:00.000 UTC', 'timestamp(3) with time zone'],
    ['localtimestamp', '2024-02-10 08:30:00.000', 'timestamp(3)'], ['current_timezone()', 'UTC', 'varchar'], ["date('2024-01-02')", '2024-01-02', 'date'], ["date(timestamp '2024-01-02 10:00:00')", '2024-01-02', 'date'], ["last_day_of_month(date '2024-02-10')", '2024-02-29', 'date'],
    ["from_iso8601_timestamp('2020-05-11')", '2020-05-11 00:00:00.000 UTC', 'timestamp(3) with time zone'], ["from_iso8601_timestamp('2020-05-11T11:15:05')", '2020-05-11 11:15:05.000 UTC', 'timestamp(3) with time zone'], ["from_iso8601_timestamp('2020-05-11T11:15:05.055+01:00')", '2020-05-11 11:15:05.055 +01:00', 'timestamp(3) with time zone'],
    ["from_iso8601_date('2020-05-11')", '2020-05-11', 'date'], ["from_iso8601_date('2020-W10')", '2020-03-02', 'date'], ["from_iso8601_date('2020-123')", '2020-05-02', 'date'],
    ['from_unixtime(0)', '1970-01-01 00:00:00.000 UTC', 'timestamp(3) with time zone'], ["from_unixtime(0, 'Asia/Tokyo')", '1970-01-01 09:00:00.000 Asia/Tokyo', 'timestamp(3) with time zone'], ["to_unixtime(timestamp '1970-01-02 00:00:00')", '86400.0', 'double'],
    ["date_diff('day', timestamp '2020-03-08', timestamp '2020-03-08 12:00:00 America/New_York')", '0', 'bigint'], ["date_diff('day', timestamp '2020-03-08 00:00:00 America/New_York', timestamp '2020-03-09 00:00:00 UTC')", '0', 'bigint'], ["to_iso8601(date '2020-05-11')", '2020-05-11', 'varchar(16)'], [`to_iso8601(${T})`, '2001-08-22T03:04:05.321', 'varchar(26)'], ["to_iso8601(timestamp '2001-08-22 03:04:05.321 -08:30')", '2001-08-22T03:04:05.321-08:30', 'varchar(32)'], ["to_iso8601(timestamp '2001-08-22 03:04:05.321 UTC')", '2001-08-22T03:04:05.321Z', 'varchar(32)'],
    ["to_milliseconds(interval '1' day)", '86400000', 'bigint'],
  ]),
  ...from('functions/datetime.html#truncation-function', [
    [`date_trunc('millisecond', ${T})`, '2001-08-22 03:04:05.321', 'timestamp(3)'], [`date_trunc('second', ${T})`, '2001-08-22 03:04:05.000', 'timestamp(3)'], [`date_trunc('minute', ${T})`, '2001-08-22 03:04:00.000', 'timestamp(3)'], [`date_trunc('hour', ${T})`, '2001-08-22 03:00:00.000', 'timestamp(3)'],
    [`date_trunc('day', ${T})`, '2001-08-22 00:00:00.000', 'timestamp(3)'], [`date_trunc('week', ${T})`, '2001-08-20 00:00:00.000', 'timestamp(3)'], [`date_trunc('month', ${T})`, '2001-08-01 00:00:00.000', 'timestamp(3)'], [`date_trunc('quarter', ${T})`, '2001-07-01 00:00:00.000', 'timestamp(3)'],
    [`date_trunc('year', ${T})`, '2001-01-01 00:00:00.000', 'timestamp(3)'], ["date_trunc('month', date '2024-01-15')", '2024-01-01', 'date'],
  ]),
  ...from('functions/datetime.html#interval-functions', [
    ["date_add('second', 86, timestamp '2020-03-01 00:00:00')", '2020-03-01 00:01:26.000', 'timestamp(0)'], ["date_add('hour', 9, timestamp '2020-03-01 00:00:00')", '2020-03-01 09:00:00.000', 'timestamp(0)'], ["date_add('day', -1, timestamp '2020-03-01 00:00:00 UTC')", '2020-02-29 00:00:00.000 UTC', 'timestamp(0) with time zone'],
    ["date_add('month', 1, date '2024-01-31')", '2024-02-29', 'date'], ["date_add('quarter', 1, date '2024-01-31')", '2024-04-30', 'date'],
    ["date_diff('second', timestamp '2020-03-01 00:00:00', timestamp '2020-03-02 00:00:00')", '86400', 'bigint'], ["date_diff('hour', timestamp '2020-03-01 00:00:00 UTC', timestamp '2020-03-02 00:00:00 UTC')", '24', 'bigint'], ["date_diff('day', date '2020-03-01', date '2020-03-02')", '1', 'bigint'],
    ["date_diff('millisecond', timestamp '2020-06-01 12:30:45', timestamp '2020-06-02 12:30:45.123')", '86400123', 'bigint'], ["date_diff('day', timestamp '2024-01-01 23:00:00', timestamp '2024-01-02 01:00:00')", '0', 'bigint'], ["date_diff('month', date '2024-03-31', date '2024-02-29')", '-1', 'bigint'],
  ]),
  ...from('functions/datetime.html#duration-function', [
    ["parse_duration('42.8ms')", '0 00:00:00.043', 'interval day to second'], ["parse_duration('3.81 d')", '3 19:26:24.000', 'interval day to second'], ["parse_duration('5m')", '0 00:05:00.000', 'interval day to second'],
    ['human_readable_seconds(96)', '1 minute, 36 seconds', 'varchar'], ['human_readable_seconds(3762)', '1 hour, 2 minutes, 42 seconds', 'varchar'], ['human_readable_seconds(56363463)', '93 weeks, 1 day, 8 hours, 31 minutes, 3 seconds', 'varchar'],
  ]),
  ...from('functions/datetime.html#mysql-date-functions', [
    ["date_format(timestamp '2022-10-20 05:10:00', '%m-%d-%Y %H')", '10-20-2022 05', 'varchar'], ["date_parse('2022-1-2 3:04:05.123456 PM', '%Y-%c-%e %l:%i:%s.%f %p') = timestamp '2022-01-02 15:04:05.123'", 'true', 'boolean'], ["date_parse('[2022]^\\\\Jan', '[%Y]^\\\\%b')", '2022-01-01 00:00:00.000', 'timestamp(3)'], ["date_parse('2022/10/20/05', '%Y/%m/%d/%H')", '2022-10-20 05:00:00.000', 'timestamp(3)'], ["date_format(timestamp '2022-01-02 03:04:05.678', '%Y-%c-%e %k:%i:%s.%f %p %W %M %a %b %j')", '2022-1-2 3:04:05.678000 AM Sunday January Sun Jan 002', 'varchar'],
    ["date_format(date '2022-10-20', '%y%%')", '22%', 'varchar'], ["date_format(timestamp '2022-01-02 15:04:05', '%h:%i %r %T')", '03:04 03:04:05 PM 15:04:05', 'varchar'],
  ]),
  ...from('functions/datetime.html#java-date-functions', [
    ["format_datetime(timestamp '2024-01-02 03:04:05', 'yyyy-MM-dd''T''HH:mm:ss')", '2024-01-02T03:04:05', 'varchar'], ["format_datetime(timestamp '2024-01-02 13:04:05.678', 'EEE, d MMM yy h:mm:ss.SSS a')", 'Tue, 2 Jan 24 1:04:05.678 PM', 'varchar'], ["parse_datetime('2024-01-02 03:04', 'yyyy-MM-dd HH:mm')", '2024-01-02 03:04:00.000 UTC', 'timestamp(3) with time zone'],
  ]),
  ...from('functions/datetime.html#extraction-function', [
    ["extract(year from timestamp '2022-10-20 05:10:00')", '2022', 'bigint'], ["extract(dow from date '2024-01-07')", '7', 'bigint'], ["extract(timezone_hour from timestamp '2001-08-22 03:04:05.321 -08:30')", '-8', 'bigint'],
  ]),
  ...from('functions/datetime.html#convenience-extraction-functions', [
    ["year(date '2024-01-02')", '2024', 'bigint'], ["quarter(date '2024-05-02')", '2', 'bigint'], ["month(date '2024-01-02')", '1', 'bigint'], ["week(date '2024-01-01')", '1', 'bigint'], ["week_of_year(date '2021-01-03')", '53', 'bigint'], ["day(date '2024-01-02')", '2', 'bigint'], ["day_of_month(date '2024-01-02')", '2', 'bigint'],
    ["day_of_week(date '2024-01-07')", '7', 'bigint'], ["dow(date '2024-01-01')", '1', 'bigint'], ["day_of_year(date '2024-02-01')", '32', 'bigint'], ["doy(date '2024-12-31')", '366', 'bigint'], ["year_of_week(date '2021-01-03')", '2020', 'bigint'], ["yow(date '2021-01-03')", '2020', 'bigint'],
    [`hour(${T})`, '3', 'bigint'], [`minute(${T})`, '4', 'bigint'], [`second(${T})`, '5', 'bigint'], [`millisecond(${T})`, '321', 'bigint'], ["timezone_hour(timestamp '2001-08-22 03:04:05 +05:30')", '5', 'bigint'], ["timezone_minute(timestamp '2001-08-22 03:04:05 +05:30')", '30', 'bigint'],
  ]),
  // units of an hour and less go by the instant, days and more by the wall clock, which keeps the offset it had where it can
  ...from('https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/operator/scalar/DateTimeFunctions.java', [
    [`date_diff('hour', ${BEFORE_SPRING}, ${SPRING_NOON})`, '23', 'bigint'], [`date_diff('minute', ${BEFORE_SPRING}, ${SPRING_NOON})`, '1380', 'bigint'], [`date_diff('second', ${BEFORE_SPRING}, ${SPRING_NOON})`, '82800', 'bigint'], [`date_diff('day', ${BEFORE_SPRING}, ${SPRING_NOON})`, '1', 'bigint'],
    [`date_add('hour', 24, ${BEFORE_SPRING})`, '2020-03-08 13:00:00.000 America/New_York', 'timestamp(0) with time zone'], [`date_add('day', 1, ${BEFORE_SPRING})`, '2020-03-08 12:00:00.000 America/New_York', 'timestamp(0) with time zone'],
    [`to_unixtime(date_trunc('hour', ${REPEATED}))`, '1.6042068E9', 'double'], [`to_unixtime(date_trunc('hour', date_add('hour', 1, ${REPEATED})))`, '1.6042104E9', 'double'], ["date_trunc('hour', timestamp '2020-01-01 10:20:00 Asia/Kolkata')", '2020-01-01 10:00:00.000 Asia/Kolkata', 'timestamp(0) with time zone'],
    ["to_unixtime(date_add('day', 1, timestamp '2020-10-31 01:30:00 America/New_York'))", '1.6042086E9', 'double'], ["to_unixtime(date_add('day', -1, timestamp '2020-11-02 01:30:00 America/New_York'))", '1.6042122E9', 'double'],
    ["date_add('day', 1, timestamp '2020-03-07 02:30:00 America/New_York')", '2020-03-08 03:30:00.000 America/New_York', 'timestamp(0) with time zone'], ["date_trunc('day', timestamp '2018-11-04 10:00:00 America/Sao_Paulo')", '2018-11-04 01:00:00.000 America/Sao_Paulo', 'timestamp(0) with time zone'],
    ["to_unixtime(timestamp '2020-10-01 01:30:00 America/New_York' + interval '1' month)", '1.6042086E9', 'double'], ["date_add('day', null, timestamp '2020-03-07 02:30:00 America/New_York')", null, 'timestamp(0) with time zone'],
  ]),
  // the earlier of two instants
  ...from('https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/operator/scalar/timestamptz/VarcharToTimestampWithTimeZoneCast.java', [
    [`to_unixtime(${REPEATED})`, '1.6042086E9', 'double'], ["to_unixtime(timestamp '2020-10-25 02:30:00 Europe/Berlin')", '1.6035858E9', 'double'], ["timestamp '0099-01-01 00:00:00 America/New_York'", '0099-01-01 00:00:00.000 America/New_York', 'timestamp(0) with time zone'],
  ]),
  // the offset of the instant at which UTC shows the same
  ...from('https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/operator/scalar/timestamp/WithTimeZone.java', [
    ["to_unixtime(with_timezone(timestamp '2020-11-01 01:30:00', 'America/New_York'))", '1.6042086E9', 'double'], ["to_unixtime(with_timezone(timestamp '2020-10-25 02:30:00', 'Europe/Berlin'))", '1.6035894E9', 'double'],
  ]),
]; // prettier-ignore

export const DATE_AND_TIME_FAILURES = failing('functions/datetime.html', [
  ["date_trunc('century', now())", "INVALID_FUNCTION_ARGUMENT: line 1:8: 'century' is not a valid Timestamp field"], ["date_trunc('hour', date '2020-01-01')", "INVALID_FUNCTION_ARGUMENT: line 1:8: 'hour' is not a valid DATE field"],
  ["date '2020-01-01' + interval '1' hour", 'INVALID_FUNCTION_ARGUMENT: line 1:26: Cannot add hour, minutes or seconds to a date'], ["date_format(now(), '%U')", "NOT_SUPPORTED: line 1:8: date pattern '%U' is not on the tested list"], ["date_parse('x', '%Y')", 'INVALID_FUNCTION_ARGUMENT'],
  ["date_parse('69-01-02', '%y-%m-%d')", "NOT_SUPPORTED: line 1:8: date pattern '%y' is not on the tested list"], ["parse_datetime('69', 'yy')", "NOT_SUPPORTED: line 1:8: date pattern '%y'"], ["date_parse('05-03', '%m-%d')", "NOT_SUPPORTED: line 1:8: date pattern '%m-%d (without a year of four digits)'"], ["date_parse('10:20', '%H:%i')", 'NOT_SUPPORTED: line 1:8: date pattern'],
  ["date_parse(' 2020', '%Y')", 'INVALID_FUNCTION_ARGUMENT: Invalid format'], ["date_parse('2020  10', '%Y %m')", 'INVALID_FUNCTION_ARGUMENT: Invalid format'], ["parse_datetime('2020-01 ', 'yyyy-MM')", 'INVALID_FUNCTION_ARGUMENT: Invalid format'], ["date_parse('2020-01-01 12', '%Y-%m-%d %h')", 'NOT_SUPPORTED: line 1:8: date pattern'],
  ["at_timezone(now(), 'Mars/Olympus')", "INVALID_FUNCTION_ARGUMENT: line 1:8: 'Mars/Olympus' is not a valid time zone"], ["date '2020-01-01' + 1", 'TYPE_MISMATCH: line 1:26: Cannot apply operator: date + integer'], ["from_iso8601_date('x')", 'INVALID_FUNCTION_ARGUMENT: Invalid format'], ["extract(century from now())", 'SYNTAX_ERROR: line 1:8: Invalid EXTRACT field: CENTURY'],
  ["timestamp '2020-03-08 02:30:00 America/New_York'", 'INVALID_LITERAL: line 1:8: the text is not a valid TIMESTAMP literal'],
  ['current_time', "FUNCTION_NOT_FOUND: line 1:8: Function 'current_time' is not on the tested list"], ["select from_iso8601_timestamp(x) from (values '2020-01-01T00:00:00+01:00') t(x)", 'NOT_SUPPORTED: an ISO 8601 timestamp with an offset must be a literal'],
]); // prettier-ignore
