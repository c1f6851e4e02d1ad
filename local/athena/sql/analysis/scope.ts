import { literal } from '../../../parquet/engine.ts';
import { failAt, type Place } from '../syntax/token.ts';
import { fieldName, type Type } from './type.ts';
import { typed, type Typed } from './typed.ts';

/** A column that a query can name at some place. */
export interface Field {
  readonly name?: string;
  /** The name as a query wrote it. */
  readonly label?: string;
  /** What may stand before the name: an alias, or catalog, database and table. */
  readonly qualifier: readonly string[];
  readonly type: Type;
  readonly sql: string;
  /** Named only, never part of `*`: `$path`. */
  readonly hidden?: boolean;
}

/** What names mean at one place of a query; a name that is not here is looked for in the query around it. */
export class Scope {
  constructor(
    readonly fields: readonly Field[],
    readonly outer?: Scope,
    private readonly variables: ReadonlyMap<string, Typed> = new Map(),
    /** Lambdas around this place. */
    readonly depth: number = outer?.depth ?? 0,
  ) {}

  /** The same place within a lambda. */
  within(variables: ReadonlyMap<string, Typed>): Scope {
    return new Scope(this.fields, this.outer, new Map([...this.variables, ...variables]), this.depth + 1);
  }

  /** @throws QueryError COLUMN_NOT_FOUND, AMBIGUOUS_NAME */
  column(name: string, place: Place): Typed {
    const variable = this.variables.get(name);
    if (variable !== undefined) return variable;
    const found = this.find((field) => field.name === name, name, place) ?? this.outer?.columnIfAny(name, place);
    if (found === undefined) throw notFound(name, place);
    return found;
  }

  /** `a.b.c`: a column with what stands before it, or fields of a row; undefined where the first part is neither. */
  path(parts: readonly string[], place: Place): Typed | undefined {
    for (let end = Math.min(parts.length, 4); end >= 2; end -= 1) {
      const [name, qualifier] = [parts[end - 1] ?? '', parts.slice(0, end - 1)];
      const found = this.find(
        (field) => field.name === name && endsWith(field.qualifier, qualifier),
        parts.slice(0, end).join('.'),
        place,
      );
      if (found !== undefined) return fieldsOf(found, parts.slice(end), place);
    }
    const [head = '', ...rest] = parts;
    const variable = this.variables.get(head) ?? this.find((field) => field.name === head, head, place);
    return variable === undefined ? this.outer?.path(parts, place) : fieldsOf(variable, rest, place);
  }

  /** Columns that `*` or `name.*` stands for; undefined where no relation has the name. */
  all(qualifier: readonly string[]): readonly Field[] | undefined {
    const found = this.fields.filter(
      (field) => field.hidden !== true && (qualifier.length === 0 || endsWith(field.qualifier, qualifier)),
    );
    return found.length === 0 && qualifier.length > 0 ? undefined : found;
  }

  private columnIfAny(name: string, place: Place): Typed | undefined {
    return (
      this.variables.get(name) ?? this.find((field) => field.name === name, name, place) ?? this.outer?.columnIfAny(name, place)
    );
  }

  private find(matches: (field: Field) => boolean, name: string, place: Place): Typed | undefined {
    const [found, ...more] = this.fields.filter(matches);
    if (more.length > 0) throw failAt(place, 'AMBIGUOUS_NAME', `Column '${name}' is ambiguous`);
    return found && typed(found.sql, found.type);
  }
}

export const notFound = (name: string, place: Place): Error =>
  failAt(
    place,
    'COLUMN_NOT_FOUND',
    `Column '${name}' cannot be resolved or requester is not authorized to access requested resources`,
  );

const endsWith = (whole: readonly string[], end: readonly string[]): boolean =>
  end.length <= whole.length && end.every((part, index) => whole[whole.length - end.length + index] === part);

function fieldsOf(base: Typed, names: readonly string[], place: Place): Typed {
  return names.reduce((value, name) => fieldOf(value, name, place), base);
}

/** A field of a row by its name. @throws QueryError COLUMN_NOT_FOUND, TYPE_MISMATCH */
export function fieldOf({ sql, type }: Typed, name: string, place: Place): Typed {
  if (type.kind !== 'row') throw failAt(place, 'TYPE_MISMATCH', `Expression is not of type ROW`);
  const index = type.fields.findIndex((field) => field.name === name);
  const field = type.fields[index];
  if (field === undefined) throw notFound(name, place);
  return typed(`struct_extract(${sql}, ${literal(fieldName(field, index))})`, field.type);
}
