import { kind, type Kind } from './kind.ts';

/** Dates, times, intervals, and what is said of them in text. */
export const TIMES = {
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
} as const satisfies Readonly<Record<string, Kind>>;
