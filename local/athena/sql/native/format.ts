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
 * Java's `String.format` for the conversions that are tested: s, b, d, x, o, f, e, %, and a few of dates.
 *
 * @param kinds A letter for each value: d a whole number, f another number, t a moment, c a time of day, z a moment with a zone, b a truth, s anything else.
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
      const kind = kinds.charAt(index);
      if (time === 't')
        return value === null ? pad('null', flags, width) : pad(moment(specifier, kind, value, conversion), flags, width);
      const asked: Asked = { specifier, flags, digits: digits === undefined ? undefined : Number(digits) };
      const text = converted(asked, conversion.toLowerCase(), kind, value);
      const filled = value === null || NAMED.test(text) ? flags.replaceAll('0', '') : flags;
      if (conversion === conversion.toLowerCase()) return pad(text, filled, width);
      return 'SBXE'.includes(conversion) ? pad(text.toUpperCase(), filled, width) : refuse(specifier);
    },
  );
}

/** What a conversion says beside its letter. */
interface Asked {
  readonly specifier: string;
  readonly flags: string;
  readonly digits: number | undefined;
}

/** Numbers that have names: no zeros stand before them. */
const NAMED = /^-?(?:NaN|Infinity)$/;

function converted({ specifier, flags, digits }: Asked, conversion: string, kind: string, value: string | null): string {
  if (conversion === 'b') return value === null ? 'false' : kind === 'b' ? value : 'true';
  if (value === null) return 'sdfexo'.includes(conversion) ? 'null'.slice(0, digits) : refuse(specifier);
  const of = (wanted: string, write: () => string): string => (kind === wanted ? write() : mismatch(specifier));
  switch (conversion) {
    case 's':
      return kind === 'z' ? refuse(specifier) : shown(kind, value).slice(0, digits);
    case 'd':
      return of('d', () => number(value, flags, 0));
    case 'f':
      return of('f', () => (NAMED.test(value) ? value : number(value, flags, digits ?? 6)));
    case 'e':
      return of('f', () => (NAMED.test(value) ? value : exponential(value, flags, digits ?? 6)));
    case 'x':
    case 'o':
      return of('d', () => unsigned(value, flags, conversion === 'x' ? 16 : 8));
    default:
      return refuse(specifier);
  }
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

/** With one digit before the point, and two or more of the exponent. */
function exponential(text: string, flags: string, digits: number): string {
  if (/[#( ,]/.test(flags)) return refuse(`flag '${flags}'`);
  const [mantissa = '', exponent = ''] = Number(text).toExponential(digits).split('e');
  const power = exponent.slice(1).padStart(2, '0');
  return `${flags.includes('+') && !mantissa.startsWith('-') ? '+' : ''}${mantissa}e${exponent.charAt(0)}${power}`;
}

/** The 64 bits of a whole number. */
function unsigned(text: string, flags: string, radix: 8 | 16): string {
  if (/[+( ,]/.test(flags)) return refuse(`flag '${flags}'`);
  const prefix = flags.includes('#') ? (radix === 16 ? '0x' : '0') : '';
  return prefix + BigInt.asUintN(64, BigInt(text)).toString(radix);
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
