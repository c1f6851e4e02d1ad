import { databaseName, pascalCase, viewName } from '../naming.ts';

/** A question kept as SQL, in the manner of dbt: it reads datasets as `{{ source('domain', 'dataset') }}`. */
export interface NamedQuery {
  /** The file that holds it, as people know it: what is wrong with the question is told of it. */
  readonly file: string;
  /** Construct id, from the file's name. */
  readonly id: string;
  /** The file's name without its ending: what `EXECUTE` takes, where the question has parameters. */
  readonly statementName: string;
  /** What people call it. */
  readonly name: string;
  readonly description: string;
  /** Domain of its first source, in whose database it runs. */
  readonly domain: string;
  /** The datasets that it reads, and the line that says so, from 1. */
  readonly sources: readonly { readonly domain: string; readonly dataset: string; readonly line: number }[];
  /** What each `?` of the SQL stands for, in order: with any, the question is a prepared statement. */
  readonly parameters: readonly string[];
  /** SQL with its sources still to be resolved. */
  readonly template: string;
}

export class NamedQueryError extends Error {
  constructor(
    readonly code: string,
    /** The file, and its line where one is at fault. */
    place: string,
    message: string,
  ) {
    super(`${place}: ${code}: ${message}`);
    this.name = 'NamedQueryError';
  }
}

const HEADER = /^--\s*(name|description|parameters):\s*(.+?)\s*$/;
const PARAMETER = /^[a-z][a-z0-9_]*$/;
/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html */
const STATEMENT_NAME = /^[a-zA-Z_][a-zA-Z0-9_]{1,255}$/;
/** Texts, quoted names and comments: a question mark in them stands for nothing. */
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
const SOURCE = /\{\{\s*source\(\s*'([a-z0-9_]+)'\s*,\s*'([a-z0-9_]+)'\s*\)\s*\}\}/g;

/**
 * Reads a question from its file's text: a head of `-- name:`, `-- description:` and, where the SQL holds a `?`, `-- parameters:` with a name
 * for each; then one SELECT.
 *
 * @param file Path of the file, as errors are to name it; the stem of its last segment becomes the id
 * @throws {@link NamedQueryError} `HeadMissing`, `SourceMissing`, `UnknownExpression`, `ParametersDiffer`, `BadParameter`, `BadStatementName`
 */
export function parseNamedQuery(file: string, text: string): NamedQuery {
  const head = new Map<string, string>();
  const lines = text.split('\n').map((line) => {
    const [, key, value] = HEADER.exec(line) ?? [];
    if (key === undefined || value === undefined) return line;
    head.set(key, value);
    return undefined;
  });
  const [name, description] = [head.get('name'), head.get('description')];
  if (name === undefined || description === undefined) {
    throw new NamedQueryError('HeadMissing', file, "must begin with '-- name: …' and '-- description: …'; add them");
  }
  const template = lines
    .filter((line) => line !== undefined)
    .join('\n')
    .trim();
  const sources = readSources(lines.map((line) => line ?? '').join('\n'));
  const [first] = sources;
  if (first === undefined)
    throw new NamedQueryError('SourceMissing', file, "must read at least one {{ source('domain', 'dataset') }}");
  if (/\{[{%#]/.test(template.replaceAll(SOURCE, ''))) {
    throw new NamedQueryError(
      'UnknownExpression',
      file,
      "may hold no expression but {{ source('domain', 'dataset') }}; write the rest as SQL",
    );
  }
  const statementName = file.replace(/^.*\//, '').replace(/\.sql$/, '');
  const parameters = readParameters(file, statementName, head.get('parameters'), template);
  return {
    file,
    id: pascalCase(statementName),
    statementName,
    name,
    description,
    domain: first.domain,
    sources,
    parameters,
    template,
  };
}

const readSources = (text: string): NamedQuery['sources'] =>
  [...text.matchAll(SOURCE)].map(({ index, 1: domain = '', 2: dataset = '' }) => ({
    domain,
    dataset,
    line: text.slice(0, index).split('\n').length,
  }));

function readParameters(file: string, statementName: string, given: string | undefined, template: string): string[] {
  const names = given === undefined ? [] : given.split(',').map((name) => name.trim());
  const marks = template.replaceAll(QUOTED, '').split('?').length - 1;
  for (const name of names)
    if (!PARAMETER.test(name) || names.indexOf(name) !== names.lastIndexOf(name))
      throw new NamedQueryError(
        'BadParameter',
        file,
        `'-- parameters:' must hold distinct names of lower-case letters, digits and underscores, got '${name}'; rename it`,
      );
  if (names.length !== marks)
    throw new NamedQueryError(
      'ParametersDiffer',
      file,
      `'-- parameters:' must name each '?' of the SQL, in order, got ${names.length} for ${marks}; name each, separated by commas`,
    );
  if (names.length > 0 && !STATEMENT_NAME.test(statementName))
    throw new NamedQueryError(
      'BadStatementName',
      file,
      `a prepared statement must be named by 2 to 256 letters, digits and underscores, no digit first, got '${statementName}'; rename the file`,
    );
  return names;
}

/** The SQL as it runs in an environment. @throws {@link NamedQueryError} `UnknownSource` for a dataset that no contract holds */
export function resolveSources(
  query: NamedQuery,
  environment: string,
  isDataset: (domain: string, dataset: string) => boolean,
): string {
  const unknown = query.sources.find(({ domain, dataset }) => !isDataset(domain, dataset));
  if (unknown !== undefined)
    throw new NamedQueryError(
      'UnknownSource',
      `${query.file}:${unknown.line}`,
      `reads '${unknown.domain}.${unknown.dataset}', which no contract holds; mend the source or add the contract`,
    );
  return query.template.replaceAll(
    SOURCE,
    (_, domain: string, dataset: string) => `"${databaseName(environment, domain)}"."${viewName(dataset)}"`,
  );
}
