import fc from 'fast-check';
import { formatTimestamp, isDate, isTime, parseTimestamp, storedTimestamp } from '../../../core/record/time.ts';

test.each([
  ['2001-01-09T11:00:00Z', '2001-01-09 11:00:00.000'],
  ['2001-01-09 11:00:00Z', '2001-01-09 11:00:00.000'],
  ['2001-01-09T11:00:00.5Z', '2001-01-09 11:00:00.500'],
  ['2001-01-09T11:00:00.123456789Z', '2001-01-09 11:00:00.123'],
  ['2001-01-09T11:00:00.9999Z', '2001-01-09 11:00:00.999'], // cut, never rounded into the next second
  ['2001-01-09T11:00:00+05:30', '2001-01-09 05:30:00.000'],
  ['2001-01-01T00:00:00+14:00', '2000-12-31 10:00:00.000'],
  ['2001-01-01T00:00:00-00:00', '2001-01-01 00:00:00.000'],
  ['2000-02-29T00:00:00Z', '2000-02-29 00:00:00.000'],
  ['1969-12-31T23:59:59.999Z', '1969-12-31 23:59:59.999'],
  ['2262-04-11T23:47:16Z', '2262-04-11 23:47:16.000'],
  ['1677-09-21T00:12:44Z', '1677-09-21 00:12:44.000'],
])('reads %s as %s UTC', (text, expected) => {
  const time = parseTimestamp(text, false);
  expect(time === undefined ? undefined : formatTimestamp(time)).toBe(expected);
});

test.each([
  '2001-02-30T00:00:00Z',
  '2001-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2001-13-01T00:00:00Z',
  '2001-00-10T00:00:00Z',
  '2001-01-00T00:00:00Z',
  '2001-01-09T24:00:00Z',
  '2001-01-09T11:60:00Z',
  '1998-12-31T23:59:60Z', // a leap second that was one
  '2001-01-09T11:00:00', // no zone
  '2001-01-09T11:00Z',
  '2001-01-09',
  '2001-01-09T11:00:00+0530',
  '2001-01-09T11:00:00+19:00',
  '2001-01-09T11:00:00+05:60',
  '2001-01-09T11:00:00z',
  '2001-01-09t11:00:00Z',
  ' 2001-01-09T11:00:00Z',
  '2001-01-09T11:00:00Z\n',
  '0099-01-01T00:00:00Z',
  '+12001-01-09T11:00:00Z',
  '2262-04-11T23:47:17Z', // beyond 64 bits of nanoseconds
  '9999-12-31T23:59:59Z',
  '1677-09-21T01:12:43+01:00', // before them
  '２００１-01-09T11:00:00Z', // digits of another script
])('fails for %j', (text) => {
  expect(parseTimestamp(text, false)).toBeUndefined();
});

test('reads a text without zone as UTC only where the contract says so', () => {
  expect(parseTimestamp('2001-01-09T11:00:00', true)).toBe(Date.UTC(2001, 0, 9, 11));
  expect(parseTimestamp('2001-01-09T11:00:00+01:00', true)).toBe(Date.UTC(2001, 0, 9, 10));
});

test.each([
  ['2000-02-29', true],
  ['2001-02-29', false],
  ['2001-1-9', false],
  ['0001-01-01', false],
  ['2001-01-09T00:00:00Z', false],
  ['1583-01-01', true],
  ['1582-12-31', false], // readers disagree on days before the Gregorian calendar
])('knows whether %s is a day: %s', (text, expected) => {
  expect(isDate(text)).toBe(expected);
});

test.each([
  ['23:59:59', true],
  ['00:00:00.123456789', true],
  ['24:00:00', false],
  ['23:59:60', false],
  ['9:00:00', false],
  ['09:00', false],
])('knows whether %s is a time of day: %s', (text, expected) => {
  expect(isTime(text)).toBe(expected);
});

test('knows the days of the calendar as Date does, from 1583 on', () => {
  const two = (number: number) => String(number).padStart(2, '0');
  for (const year of [1583, 1600, 1700, 1900, 1999, 2000, 2001, 2004, 2100, 2400, 9999])
    for (let month = 0; month <= 13; month += 1)
      for (let day = 0; day <= 32; day += 1) {
        const date = new Date(Date.UTC(year, month - 1, day));
        const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        expect([year, month, day, isDate(`${year}-${two(month)}-${two(day)}`)]).toEqual([year, month, day, exists]);
      }
});

test('reads and stores any time of the range as Date does, whatever its zone and its decimals', () => {
  const time = fc.date({ min: new Date('1677-09-22T00:00:00Z'), max: new Date('2262-04-11T00:00:00Z'), noInvalidDate: true });
  const minutes = fc.integer({ min: -18 * 60, max: 18 * 60 });
  fc.assert(
    fc.property(time, minutes, fc.constantFrom('', '0', '123456'), fc.constantFrom('T', ' '), (date, offset, more, between) => {
      const [hours, rest] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
      const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 23);
      for (const text of [`${local}${more}${zone}`.replace('T', between), `${date.toISOString().slice(0, 23)}${more}Z`]) {
        expect(parseTimestamp(text, false)).toBe(date.getTime());
        expect(storedTimestamp(text, date.getTime())).toBe(formatTimestamp(date.getTime()));
      }
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test.each(['11:00:00Z', '11:00:00.1Z', '11:00:00.12', '11:00:00.1239Z', '11:00:00.999999999', '11:00:00', '23:59:59.9+00:00'])(
  'stores %s with three decimals',
  (text) => {
    const stamp = `2001-01-09T${text}`;
    const time = parseTimestamp(stamp, true) ?? NaN;
    expect(storedTimestamp(stamp, time)).toBe(formatTimestamp(time));
  },
);
