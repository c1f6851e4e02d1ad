import { literal } from '../../../parquet/engine.ts';
import { fieldName, isFloat, type RowType, type Type } from './type.ts';
import { failure, once } from './typed.ts';

/**
 * Whether two values of one type are equal, as Trino has it: a row or an array that holds a null is equal to nothing and may be unequal to
 * something, and NaN is equal to nothing.
 */
export function equal(a: string, b: string, type: Type, depth = 0): string {
  if (isFloat(type)) return ieee('=', a, b);
  switch (type.kind) {
    case 'row':
      return `(${pairs(a, b, type)
        .map(([x, y, field]) => equal(x, y, field, depth))
        .join(' and ')})`;
    case 'array': {
      const pair = `q${depth}`;
      const items = equal(`${pair}[1]`, `${pair}[2]`, type.element, depth + 1);
      const all = `hw_all(list_transform(list_zip(${a}, ${b}), lambda ${pair}: ${items}))`;
      return `(case when ${a} is null or ${b} is null then null when len(${a}) <> len(${b}) then false else ${all} end)`;
    }
    case 'map': {
      const [key, both] = [`q${depth}`, `m${depth}`];
      const values = equal(`${both}.a[${key}]`, `${both}.b[${key}]`, type.value, depth + 1);
      const all = `hw_all(list_transform(map_keys(${both}.a), lambda ${key}: case when map_contains(${both}.b, ${key}) then ${values} else false end))`;
      const sizes = `cardinality(${both}.a) <> cardinality(${both}.b)`;
      return once(
        { a, b },
        both,
        `case when ${both}.a is null or ${both}.b is null then null when ${sizes} then false else ${all} end`,
      );
    }
    default:
      return `(${a} = ${b})`;
  }
}

export type Order = '<' | '<=' | '>' | '>=';

/** The order of two values of one type: of those with nulls or NaN inside of them, Trino tells none or another than the engine. */
export function ordered(operator: Order, a: string, b: string, type: Type): string {
  if (isFloat(type)) return ieee(operator, a, b);
  if (!isNested(type)) return `(${a} ${operator} ${b})`;
  const refused = failure('NOT_SUPPORTED: the order of arrays or rows that hold nulls or NaN', { kind: 'boolean' });
  return `(case when ${a} is null or ${b} is null then null when ${holes(a, type)} or ${holes(b, type)} then ${refused} else ${a} ${operator} ${b} end)`;
}

/** A value that is to be put in order with others: Trino refuses arrays and rows that hold nulls there. */
export function orderable(sql: string, type: Type): string {
  if (!isNested(type)) return sql;
  return `(case when ${sql} is not null and ${holes(sql, type)} then ${failure('NOT_SUPPORTED: the order of arrays or rows that hold nulls or NaN', type)} else ${sql} end)`;
}

export const isNested = ({ kind }: Type): boolean => kind === 'row' || kind === 'array' || kind === 'map';

/** Whether equality of this type is the engine's own. */
export const isPlain = (type: Type): boolean => !isFloat(type) && !isNested(type);

/** The engine has NaN equal to itself and above all numbers: what it finds true is false with NaN on the side it would be found on. */
function ieee(operator: '=' | Order, a: string, b: string): string {
  return operator === '>' || operator === '>='
    ? ieee(operator === '>' ? '<' : '<=', b, a)
    : `(${a} ${operator} ${b} and (not isnan(${b}) or ${a} is null))`;
}

/** Whether there is a null or a NaN anywhere within. */
function holes(sql: string, type: Type, depth = 0): string {
  const hole = (item: string, of: Type): string => {
    if (isFloat(of)) return `(${item} is null or isnan(${item}))`;
    return isNested(of) ? `(${item} is null or ${holes(item, of, depth + 1)})` : `${item} is null`;
  };
  if (type.kind === 'array') return `len(list_filter(${sql}, lambda q${depth}: ${hole(`q${depth}`, type.element)})) > 0`;
  if (type.kind !== 'row') return 'false';
  return `(${pairs(sql, sql, type)
    .map(([field, , of]) => hole(field, of))
    .join(' or ')})`;
}

/** The fields of two rows, side by side. */
const pairs = (a: string, b: string, { fields }: RowType): readonly (readonly [string, string, Type])[] =>
  fields.map((field, place) => {
    const of = (row: string): string => `struct_extract(${row}, ${literal(fieldName(field, place))})`;
    return [of(a), of(b), field.type];
  });
