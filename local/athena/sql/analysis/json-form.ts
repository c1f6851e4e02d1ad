import { identifier, literal } from '../../../parquet/engine.ts';
import { fieldName, isFloat, isNumber, type Type, type TypeKind } from './type.ts';

/** How the function that writes JSON writes a value; it gets all that is no list, map or row as a text. */
export type JsonForm =
  | { readonly is: 'bare' | 'decimal' | 'quoted' | 'double' }
  | { readonly is: 'timestamp'; readonly precision: number }
  | { readonly is: 'array'; readonly of: JsonForm }
  | { readonly is: 'map'; readonly key: JsonForm; readonly of: JsonForm }
  | {
      readonly is: 'row';
      /** A field without a name has none in JSON either; `at` is what the engine calls it. */
      readonly fields: readonly { readonly name: string; readonly at: string; readonly of: JsonForm }[];
    };

/**
 * A value as JSON's text, null for a null; undefined for a type that has none. No expression goes into what is nested: with one for each
 * level, the engine's plan doubles with the levels.
 *
 * @see https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/util/JsonUtil.java
 */
export function jsonOf(sql: string, type: Type): string | undefined {
  const form = formOf(type);
  if (form === undefined) return undefined;
  if (isAsEngineWrites(type)) return `hw_json_of_engine(cast(to_json(${sql}) as VARCHAR))`;
  return `hw_json_write(cast(to_json(cast(${sql} as ${textsType(type)})) as VARCHAR), ${literal(JSON.stringify(form))})`;
}

/** Whether the engine's own JSON is Trino's, which it is at a tenth of the time. */
function isAsEngineWrites(type: Type): boolean {
  switch (type.kind) {
    case 'array':
      return isAsEngineWrites(type.element);
    case 'row':
      return type.fields.every((field) => field.name !== undefined && isAsEngineWrites(field.type));
    default:
      return AS_ENGINE_WRITES.has(type.kind);
  }
}

const AS_ENGINE_WRITES: ReadonlySet<TypeKind> = new Set([
  'unknown', 'boolean', 'tinyint', 'smallint', 'integer', 'bigint', 'varchar', 'date',
]); // prettier-ignore

function formOf(type: Type): JsonForm | undefined {
  if (isFloat(type)) return { is: 'double' };
  if (type.kind === 'decimal') return { is: 'decimal' };
  if (isNumber(type)) return { is: 'bare' };
  switch (type.kind) {
    case 'boolean':
    case 'json':
    case 'unknown':
      return { is: 'bare' };
    case 'varchar':
    case 'date':
      return { is: 'quoted' };
    case 'timestamp':
      return { is: 'timestamp', precision: type.precision };
    case 'array': {
      const of = formOf(type.element);
      return of && { is: 'array', of };
    }
    case 'map': {
      const [key, of] = [keyForm(type.key), formOf(type.value)];
      return key && of && { is: 'map', key, of };
    }
    case 'row': {
      const fields = type.fields.map((field, place) => ({
        name: field.name ?? '',
        at: fieldName(field, place),
        of: formOf(field.type),
      }));
      return fields.every((field): field is typeof field & { of: JsonForm } => field.of !== undefined)
        ? { is: 'row', fields }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A key as the name of a member; a moment is none. */
const keyForm = (type: Type): JsonForm | undefined =>
  type.kind === 'varchar' ? { is: 'bare' } : isNumber(type) || type.kind === 'boolean' ? formOf(type) : undefined;

/** The engine's type that holds the same with texts for all that is no list, map or row. */
function textsType(type: Type): string {
  switch (type.kind) {
    case 'array':
      return `${textsType(type.element)}[]`;
    case 'map':
      return `MAP(VARCHAR, ${textsType(type.value)})`;
    case 'row':
      return `STRUCT(${type.fields.map((field, place) => `${identifier(fieldName(field, place))} ${textsType(field.type)}`).join(', ')})`;
    default:
      return 'VARCHAR';
  }
}
