import { databaseName, pascalCase, viewName } from '../naming.ts';

/** A question kept as SQL, in the manner of dbt: it reads datasets as `{{ source('domain', 'dataset') }}`. */
export interface NamedQuery {
  /** Construct id, from the file's name. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly description: string;
  /** Domain of its first source, in whose database it runs. */
  readonly domain: string;
  readonly sources: readonly { readonly domain: string; readonly dataset: string }[];
  /** SQL with its sources still to be resolved. */
  readonly template: string;
}

export class NamedQueryError extends Error {
  constructor(
    readonly code: string,
    file: string,
    message: string,
  ) {
    super(`${file}: ${code}: ${message}`);
    this.name = 'NamedQueryError';
  }
}

const HEADER = /^--\s*(name|description):\s*(.+?)\s*$/;
const SOURCE = /\{\{\s*source\(\s*'([a-z0-9_]+)'\s*,\s*'([a-z0-9_]+)'\s*\)\s*\}\}/g;

/**
 * Reads a question from its file's text: a head of `-- name:` and `-- description:`, then one SELECT.
 *
 * @param file Name of the file without its folder; its stem becomes the id
 * @throws {@link NamedQueryError} `HeadMissing`, `SourceMissing`, `UnknownExpression`
 */
export function parseNamedQuery(file: string, text: string): NamedQuery {
  const head = new Map<string, string>();
  const body: string[] = [];
  for (const line of text.split('\n')) {
    const match = HEADER.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) head.set(match[1], match[2]);
    else body.push(line);
  }
  const [name, description] = [head.get('name'), head.get('description')];
  if (name === undefined || description === undefined) {
    throw new NamedQueryError('HeadMissing', file, "must begin with '-- name: …' and '-- description: …'; add them");
  }
  const template = body.join('\n').trim();
  const sources = [...template.matchAll(SOURCE)].map(([, domain = '', dataset = '']) => ({ domain, dataset }));
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
  return { id: pascalCase(file.replace(/\.sql$/, '')), name, description, domain: first.domain, sources, template };
}

/** The SQL as it runs in an environment. @throws {@link NamedQueryError} `UnknownSource` for a dataset that no contract holds */
export function resolveSources(
  query: NamedQuery,
  environment: string,
  isDataset: (domain: string, dataset: string) => boolean,
): string {
  return query.template.replaceAll(SOURCE, (_, domain: string, dataset: string) => {
    if (!isDataset(domain, dataset)) {
      throw new NamedQueryError(
        'UnknownSource',
        query.name,
        `reads '${domain}.${dataset}', which no contract holds; mend the source or add the contract`,
      );
    }
    return `"${databaseName(environment, domain)}"."${viewName(dataset)}"`;
  });
}
