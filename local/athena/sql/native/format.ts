import { NativeError } from './json.ts';

const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?(t?)([a-zA-Z%])/g;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const refuse = (specifier: string): never => {
  throw new NativeError(`NOT_SUPPORTED: '${specifier}' in a format is not on the tested list of headwaters local`);
};

/**
 * Java's `String.format` for the conversions that are tested: s, d, f, %, and a few of dates.
 *
 * @param kinds A letter for each value: d a whole number, f another number, t a moment, c a time of day, z a moment with a zone, s anything else.
 */
export function format(pattern: string, kinds: string, values: readonly (string | null)[]): string {
  let next = 0;
  return pattern.replaceAll(
    SPECIFIER,
    (
      specifier: string,
      place: string | undefined,
      flags: string,
      width: string | undefined,
      digits: string | undefined,
      time: string,
      conversion: string,
    ) => {
      if (conversion === '%' && time === '') return '%';
      const index = place === undefined ? next++ : Number(place) - 1;
      const value = values[index];
      if (value === undefined)
        throw new NativeError('INVALID_FUNCTION_ARGUMENT: Invalid format string: a specifier has no argument');
      const most = digits === undefined ? undefined : Number(digits);
      if (value === null) return pad('null'.slice(0, most), flags.replaceAll('0', ''), width);
      const kind = kinds.charAt(index);
      if (time === 't') return pad(moment(specifier, kind, value, conversion), flags, width);
      switch (conversion) {
        case 's':
          if (kind === 'z') return refuse(specifier);
          return pad(shown(kind, value).slice(0, most), flags, width);
        case 'd':
          return kind === 'd' ? pad(number(value, flags, 0), flags, width) : mismatch(specifier);
        case 'f':
          return kind === 'f' ? pad(number(value, flags, most ?? 6), flags, width) : mismatch(specifier);
        default:
          return refuse(specifier);
      }
    },
  );
}

const mismatch = (specifier: string): never => {
  throw new NativeError(`INVALID_FUNCTION_ARGUMENT: Invalid format string: '${specifier}' does not take that type`);
};

function number(text: string, flags: string, digits: number): string {
  if (/[#( ]/.test(flags)) return refuse(`flag '${flags}'`);
  const rounded = round(text, digits);
  const negative = rounded.startsWith('-');
  const [whole = '', fraction] = rounded.replace('-', '').split('.');
  const grouped = flags.includes(',') ? whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',') : whole;
  return `${negative ? '-' : flags.includes('+') ? '+' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Half up, by the digits as they are written. */
function round(text: string, digits: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? refuse('a number that is not finite');
  const shift = Number(exponent) - fraction.length + digits;
  const all = BigInt(whole + fraction);
  const scaled = shift >= 0 ? all * 10n ** BigInt(shift) : (all * 2n + 10n ** BigInt(-shift)) / (2n * 10n ** BigInt(-shift));
  const text2 = scaled.toString().padStart(digits + 1, '0');
  return `${sign}${digits === 0 ? text2 : `${text2.slice(0, -digits)}.${text2.slice(-digits)}`}`;
}

function pad(text: string, flags: string, width: string | undefined): string {
  const size = Number(width ?? 0);
  if (flags.includes('-')) return text.padEnd(size);
  if (!flags.includes('0')) return text.padStart(size);
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  return sign + rest.padStart(size - sign.length, '0');
}

/** A date, a time of day and both together as Java writes them: no seconds where they are nothing, and 3 or 6 digits of one. */
function shown(kind: string, value: string): string {
  if (kind !== 't' && kind !== 'c') return value;
  const [, day = '', minutes = '', seconds = '', fraction = ''] =
    /^(?:([\d-]+) )?(\d\d:\d\d):(\d\d)(?:\.(\d+))?$/.exec(value) ?? [];
  if (minutes === '') return value;
  const digits = fraction.padEnd(6, '0').replace(/000$/, '').replace(/^000$/, '');
  const rest = digits === '' ? (seconds === '00' ? '' : `:${seconds}`) : `:${seconds}.${digits}`;
  return `${day === '' ? '' : `${day}T`}${minutes}${rest}`;
}

function moment(specifier: string, kind: string, value: string, conversion: string): string {
  if (kind !== 't') return mismatch(specifier);
  const date = new Date(`${value.replace(' ', 'T').slice(0, 23)}${value.length > 10 ? '' : 'T00:00:00'}Z`);
  const two = (part: number): string => String(part).padStart(2, '0');
  switch (conversion) {
    case 'A':
      return WEEKDAYS[date.getUTCDay()] ?? '';
    case 'B':
      return MONTHS[date.getUTCMonth()] ?? '';
    case 'Y':
      return String(date.getUTCFullYear()).padStart(4, '0');
    case 'm':
      return two(date.getUTCMonth() + 1);
    case 'd':
      return two(date.getUTCDate());
    case 'e':
      return String(date.getUTCDate());
    case 'H':
      return two(date.getUTCHours());
    case 'M':
      return two(date.getUTCMinutes());
    case 'S':
      return two(date.getUTCSeconds());
    default:
      return refuse(specifier);
  }
}
