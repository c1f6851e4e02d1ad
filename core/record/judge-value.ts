import type { CompiledColumn, CompiledType } from './compiled-contract.ts';
import { JsonNumber, type JsonObject, type JsonValue } from './parse-json.ts';
import type { Reason } from './reasons.ts';
import { formatTimestamp, isDate, isTime, parseTimestamp } from './time.ts';

/** A value as the table's type holds it, written as JSON; or why it is not one. */
export type ValueVerdict =
  { readonly json: string; readonly text?: string; readonly time?: number } | { readonly reason: Reason };
export type ValueJudge = (value: JsonValue) => ValueVerdict;

const refuse = (reason: Reason): ValueVerdict => ({ reason });
const accept = (json: string): ValueVerdict => ({ json });
const isMap = (value: JsonValue): value is JsonObject => value instanceof Map;

/** Whether a reader of the table could take an unknown key for another: it holds a dot, or differs from a column by its case alone. */
export const isAmbiguous = (key: string, known: ReadonlySet<string>): boolean =>
  key.includes('.') || known.has(key.toLowerCase());

/** Compiles a type to the function that judges its values; `unknownField` is told of attributes that the contract lacks. */
export function valueJudge(
  type: CompiledType,
  column: { readonly validValues?: readonly string[] | undefined },
  unknownField: () => void,
): ValueJudge {
  switch (type.kind) {
    case 'string':
      return stringJudge(type, column.validValues);
    case 'integer':
      return integerJudge(type);
    case 'double':
      return doubleJudge(type);
    case 'decimal':
      return decimalJudge(type);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? accept(String(value)) : refuse('wrong-type'));
    case 'date':
      return (value) =>
        typeof value !== 'string' ? refuse('wrong-type') : isDate(value) ? textValue(value) : refuse('bad-time');
    case 'time':
      return (value) =>
        typeof value !== 'string' ? refuse('wrong-type') : isTime(value) ? textValue(value) : refuse('bad-time');
    case 'timestamp':
      return (value) => {
        if (typeof value !== 'string') return refuse('wrong-type');
        const time = parseTimestamp(value, type.zonelessIsUtc);
        return time === undefined ? refuse('bad-time') : { ...textValue(formatTimestamp(time)), time };
      };
    case 'array':
      return arrayJudge(type, unknownField);
    case 'object':
      return objectJudge(type.fields, unknownField);
  }
}

const textValue = (text: string): { json: string; text: string } => ({ json: JSON.stringify(text), text });

const FORMATS = {
  email: /^[^\s@"(),:;<>[\\\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))+$/,
  uuid: /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/,
  hostname: /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))*$/,
} as const;

function stringJudge(type: Extract<CompiledType, { kind: 'string' }>, validValues: readonly string[] | undefined): ValueJudge {
  const listed = validValues === undefined ? undefined : new Set(validValues);
  const pattern = type.pattern === undefined ? undefined : new RegExp(type.pattern, 'u');
  const format = type.format === undefined ? undefined : FORMATS[type.format];
  const { minLength = 0, maxLength = Infinity } = type;
  const measured = minLength > 0 || maxLength < Infinity;
  return (value) => {
    if (typeof value !== 'string') return refuse('wrong-type');
    if (listed !== undefined && !listed.has(value)) return refuse('not-listed');
    if (measured) {
      const { length } = Array.from(value); // characters, not UTF-16 units
      if (length < minLength || length > maxLength) return refuse('wrong-length');
    }
    if (format !== undefined && !format.test(value)) return refuse('wrong-format');
    if (pattern !== undefined && !pattern.test(value)) return refuse('pattern-mismatch');
    return textValue(value);
  };
}

interface TextBounds {
  readonly minimum?: string | undefined;
  readonly maximum?: string | undefined;
  readonly exclusiveMinimum?: string | undefined;
  readonly exclusiveMaximum?: string | undefined;
}

/** Compares decimal texts exactly, as integers of a common scale. */
function withinBounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: TextBounds): (text: string) => boolean {
  const limits = [minimum, maximum, exclusiveMinimum, exclusiveMaximum].filter((limit) => limit !== undefined);
  if (limits.length === 0) return () => true;
  const limitScale = Math.max(...limits.map(fractionDigits));
  return (text) => {
    const scale = Math.max(limitScale, fractionDigits(text));
    const value = scaled(text, scale);
    return (
      (minimum === undefined || value >= scaled(minimum, scale)) &&
      (maximum === undefined || value <= scaled(maximum, scale)) &&
      (exclusiveMinimum === undefined || value > scaled(exclusiveMinimum, scale)) &&
      (exclusiveMaximum === undefined || value < scaled(exclusiveMaximum, scale))
    );
  };
}
const fractionDigits = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
function scaled(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}

const INTEGER = /^-?\d+$/;
const RANGE = { 32: 2n ** 31n, 64: 2n ** 63n } as const;
const SAFE_DIGITS = 9;
/** Characters of the longest integer a table holds; JSON allows no leading zeros. A longer text is never made a number: that takes time. */
const LONGEST_INTEGER = 20;

function integerJudge(type: Extract<CompiledType, { kind: 'integer' }>): ValueJudge {
  const inBounds = withinBounds(type);
  const limit = RANGE[type.bits];
  return (value) => {
    if (!(value instanceof JsonNumber) || !INTEGER.test(value.text)) return refuse('wrong-type');
    const text = value.text === '-0' ? '0' : value.text;
    if (text.length > LONGEST_INTEGER) return refuse('out-of-range');
    if (text.length > SAFE_DIGITS) {
      const exact = BigInt(text);
      if (exact < -limit || exact >= limit) return refuse('out-of-range');
    }
    return inBounds(text) ? { json: text, text } : refuse('out-of-range');
  };
}

function doubleJudge(type: Extract<CompiledType, { kind: 'double' }>): ValueJudge {
  const limit = (text: string | undefined, absent: number) => (text === undefined ? absent : Number(text));
  const [minimum, maximum] = [limit(type.minimum, -Infinity), limit(type.maximum, Infinity)];
  const [above, below] = [limit(type.exclusiveMinimum, -Infinity), limit(type.exclusiveMaximum, Infinity)];
  return (value) => {
    if (!(value instanceof JsonNumber)) return refuse('wrong-type');
    const number = Number(value.text);
    const inBounds = Number.isFinite(number) && number >= minimum && number <= maximum && number > above && number < below;
    return inBounds ? accept(Object.is(number, -0) ? '0' : value.text) : refuse('out-of-range');
  };
}

const DECIMAL = /^-?(\d+)(?:\.(\d+))?$/;

/** One pass, where a pattern anchored at the end would try each zero of a long run anew. */
function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === '0') end -= 1;
  return digits.slice(0, end);
}

function decimalJudge(type: Extract<CompiledType, { kind: 'decimal' }>): ValueJudge {
  const inBounds = withinBounds(type);
  return (value) => {
    if (!(value instanceof JsonNumber)) return refuse('wrong-type');
    const match = DECIMAL.exec(value.text);
    if (match === null) return refuse('wrong-type'); // an exponent says nothing of the scale
    const whole = (match[1] ?? '').replace(/^0+/, '');
    const fraction = withoutEndingZeros(match[2] ?? '');
    if (whole.length > type.precision - type.scale || fraction.length > type.scale) return refuse('out-of-range');
    const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
    const text = value.text.startsWith('-') && digits !== '0' ? `-${digits}` : digits;
    return inBounds(text) ? accept(text) : refuse('out-of-range');
  };
}

function arrayJudge(type: Extract<CompiledType, { kind: 'array' }>, unknownField: () => void): ValueJudge {
  const judge = valueJudge(type.items, {}, unknownField);
  const { minItems = 0, maxItems = Infinity } = type;
  return (value) => {
    if (!Array.isArray(value)) return refuse('wrong-type');
    if (value.length < minItems || value.length > maxItems) return refuse('wrong-length');
    const items: string[] = [];
    for (const item of value as readonly JsonValue[]) {
      if (item === null) return refuse('missing-value');
      const verdict = judge(item);
      if ('reason' in verdict) return verdict;
      items.push(verdict.json);
    }
    return accept(`[${items.join(',')}]`);
  };
}

function objectJudge(fields: readonly CompiledColumn[], unknownField: () => void): ValueJudge {
  const judges = fields.map((field) => ({
    ...field,
    key: JSON.stringify(field.name),
    judge: valueJudge(field.type, field, unknownField),
  }));
  const known = new Set(fields.map(({ name }) => name));
  return (value) => {
    if (!isMap(value)) return refuse('wrong-type');
    for (const key of value.keys()) {
      if (known.has(key)) continue;
      if (isAmbiguous(key, known)) return refuse('ambiguous-key');
      unknownField();
    }
    const parts: string[] = [];
    for (const { name, key, required, judge } of judges) {
      const field = value.get(name);
      if (field === undefined || field === null) {
        if (required) return refuse('missing-value');
        continue;
      }
      const verdict = judge(field);
      if ('reason' in verdict) return verdict;
      parts.push(`${key}:${verdict.json}`);
    }
    return accept(`{${parts.join(',')}}`);
  };
}
