import { commonOf } from '../analysis/coercion.ts';
import {
  BIGINT,
  DOUBLE,
  isFloat,
  isInteger,
  isNumber,
  TIMESTAMP,
  UNKNOWN,
  VARCHAR,
  type ArrayType,
  type MapType,
  type Type,
} from '../analysis/type.ts';

type Fit = (type: Type) => Type | undefined;

/** Anything, as it is. */
export const any: Fit = (type) => type;
export const number: Fit = (type) => (isNumber(type) ? type : type.kind === 'unknown' ? DOUBLE : undefined);
export const float: Fit = (type) => (isFloat(type) ? type : undefined);
export const integer: Fit = (type) => (isInteger(type) ? type : type.kind === 'unknown' ? BIGINT : undefined);
export const decimal: Fit = (type) => (type.kind === 'decimal' ? type : undefined);
export const text: Fit = (type) =>
  type.kind === 'varchar' ? type : type.kind === 'unknown' ? { kind: 'varchar', length: 0 } : undefined;
/** A text of as many characters as an argument has, or of what follows from that; of any number where the argument's is not known. */
export const textOf =
  (length: (...lengths: readonly number[]) => number = (own) => own): ((types: readonly Type[]) => Type) =>
  (types) => {
    const most = length(...types.map((type) => (type.kind === 'varchar' ? (type.length ?? MOST_CHARACTERS) : 0)));
    return most < MOST_CHARACTERS ? { kind: 'varchar', length: most } : VARCHAR;
  };
/** What a varchar without a length has room for. @see https://trino.io/docs/current/language/types.html#varchar */
const MOST_CHARACTERS = 2_147_483_647;
export const array: Fit = (type) =>
  type.kind === 'array' ? type : type.kind === 'unknown' ? { kind: 'array', element: UNKNOWN } : undefined;
export const map: Fit = (type) => (type.kind === 'map' ? type : undefined);
/** A date, or a timestamp with or without a zone. */
export const moment: Fit = (type) =>
  type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'timestamp_tz'
    ? type
    : type.kind === 'unknown'
      ? TIMESTAMP
      : undefined;

export const first = ([type]: readonly Type[]): Type => type ?? UNKNOWN;
export const elementOf = (type: Type | undefined): Type => (type?.kind === 'array' ? type.element : UNKNOWN);
export const arrayOf = (element: Type): ArrayType => ({ kind: 'array', element });
export const mapOf = (key: Type, value: Type): MapType => ({ kind: 'map', key, value });
export const common = (types: readonly Type[]): Type => commonOf(types) ?? UNKNOWN;
/** A list of parts of a text. */
export const textsOf = (types: readonly Type[]): Type => arrayOf(textOf()(types));
