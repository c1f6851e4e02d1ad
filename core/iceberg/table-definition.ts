import * as z from 'zod';
import { IcebergError } from './iceberg-error.ts';
import { icebergColumn, type IcebergColumn, type IcebergType } from './types.ts';

/** A table as it is wanted. */
export interface IcebergTableDefinition {
  readonly databaseName: string;
  readonly tableName: string;
  /** `s3://bucket/prefix`, without a slash at its end. */
  readonly location: string;
  /** What the table holds, for people: its property `comment`. */
  readonly description?: string | undefined;
  readonly columns: readonly IcebergColumn[];
  /** Columns whose values tell one row from all others: Iceberg's identifier fields. None for a table without a key. */
  readonly key: readonly string[];
  /** Properties of the table that are set; others that it has stay. */
  readonly properties: Readonly<Record<string, string>>;
  /** What becomes of a column that it has and that is not among `columns`. @default 'keep' */
  readonly unwantedColumns?: 'keep' | 'drop' | undefined;
}

/** A name that Athena and Glue know alike; no dot, which parts a database from a table. */
export const LAWFUL_NAME = /^[a-z0-9_]{1,255}$/;

const columns = z.array(icebergColumn).min(1);
const definition: z.ZodType<IcebergTableDefinition> = z.strictObject({
  databaseName: z.string().regex(/^[a-z0-9_-]{1,255}$/),
  tableName: z.string().regex(LAWFUL_NAME),
  location: z.string().regex(/^s3:\/\/[^/]+\/.*[^/]$/, 'must be s3://<bucket>/<prefix>, without a slash at its end'),
  description: z.string().optional(),
  columns,
  key: z.array(z.string()),
  properties: z.record(z.string(), z.string()),
  unwantedColumns: z.enum(['keep', 'drop']).optional(),
});

/** Reads a definition from its text. @throws {@link IcebergError} `BadIcebergDefinition` */
export function readDefinition(text: string): IcebergTableDefinition {
  const read = definition.safeParse(parsed(text));
  if (!read.success) throw bad(problemOf(read.error));
  const problem = problemOfDefinition(read.data);
  if (problem !== undefined) throw bad(problem.message);
  return read.data;
}

/** What a definition breaks that its form cannot say. */
export interface DefinitionProblem {
  readonly code:
    'BadColumns' | 'BadColumnName' | 'ColumnTwice' | 'KeyTwice' | 'KeyNotAColumn' | 'KeyOptional' | 'KeyType' | 'PropertyTwice';
  readonly message: string;
}

/** The first thing that no Iceberg table can be made of; undefined for a lawful definition. */
export function problemOfDefinition({
  columns: given,
  key,
  description,
  properties,
}: Pick<IcebergTableDefinition, 'columns' | 'key' | 'description' | 'properties'>): DefinitionProblem | undefined {
  const read = z.object({ columns }).safeParse({ columns: given });
  if (!read.success) return { code: 'BadColumns', message: `${problemOf(read.error)}; see 'IcebergColumn'` };
  const strange = namesOf('', given).find(({ name }) => !LAWFUL_NAME.test(name));
  if (strange !== undefined)
    return {
      code: 'BadColumnName',
      message: `'columns' must have names of a-z, 0-9 and _, 255 characters at most, got '${strange.path}'; rename it`,
    };
  const twice = firstTwice(namesOf('', given));
  if (twice !== undefined)
    return { code: 'ColumnTwice', message: `'columns' must differ by their names, got '${twice}' twice; rename one` };
  const again = key.find((name, place) => key.indexOf(name) < place);
  if (again !== undefined)
    return { code: 'KeyTwice', message: `'key' must name a column once, got '${again}' twice; remove one` };
  if (description !== undefined && properties[COMMENT] !== undefined)
    return {
      code: 'PropertyTwice',
      message: `'properties' must leave '${COMMENT}' to 'description' where both are given; remove one`,
    };
  return key.map((name) => problemOfKey(name, given)).find((problem) => problem !== undefined);
}

function problemOfKey(name: string, columns: readonly IcebergColumn[]): DefinitionProblem | undefined {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined)
    return {
      code: 'KeyNotAColumn',
      message: `'key' must name columns of the table, got '${name}'; add the column or correct the name`,
    };
  if (!column.required)
    return {
      code: 'KeyOptional',
      message: `'key' must name required columns, got '${name}', which is optional; make it required`,
    };
  if (typeof column.type !== 'string' || column.type === 'double')
    return {
      code: 'KeyType',
      message: `'key' must name columns of primitive types other than double, got '${name}' of ${typeof column.type === 'string' ? column.type : column.type.type}; choose another column`,
    };
  return undefined;
}

interface NameAt {
  readonly path: string;
  readonly name: string;
}

/** Paths of columns and of all fields within their types. */
export const pathsOf = (given: readonly IcebergColumn[]): readonly string[] => namesOf('', given).map(({ path }) => path);

/** The names of columns and of all fields within their types. */
const namesOf = (above: string, given: readonly IcebergColumn[]): readonly NameAt[] =>
  given.flatMap(({ name, type }) => [{ path: `${above}${name}`, name }, ...namesWithin(`${above}${name}`, type)]);

function namesWithin(path: string, type: IcebergType): readonly NameAt[] {
  if (typeof type === 'string') return [];
  switch (type.type) {
    case 'struct':
      return namesOf(`${path}.`, type.fields);
    case 'list':
      return namesWithin(`${path}.element`, type.element);
    case 'map':
      return [...namesWithin(`${path}.key`, type.key), ...namesWithin(`${path}.value`, type.value)];
  }
}

const firstTwice = (names: readonly NameAt[]): string | undefined =>
  names.find(({ path }, place) => names.findIndex((other) => other.path === path) < place)?.path;

/** The property that engines show as the table's description. */
const COMMENT = 'comment';

/** All properties that a definition sets. */
export const wantedProperties = ({
  description,
  properties,
}: Pick<IcebergTableDefinition, 'description' | 'properties'>): Readonly<Record<string, string>> => ({
  ...(description === undefined ? {} : { [COMMENT]: description }),
  ...properties,
});

/** Where the form is broken, and how: never what stands there. */
const problemOf = ({ issues: [issue] }: z.ZodError): string =>
  `'${issue?.path.join('.') ?? ''}' is not as a definition has it: ${issue?.message ?? ''}`;

const bad = (message: string): IcebergError => new IcebergError('BadIcebergDefinition', message);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('a definition must be JSON text');
  }
}
