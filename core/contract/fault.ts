/** Where in a document something stands: keys and indexes from the root. */
export type DocumentPath = readonly (string | number)[];

/** One thing wrong with a contract. Codes are stable; messages are for people. */
export interface Fault {
  readonly code: string;
  readonly path: DocumentPath;
  /** What is required, what was got, and what to do about it. */
  readonly message: string;
}

/** Where a fault stands in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Writes a path as people write it: `schema[0].properties[2].name`. */
export function formatPath(path: DocumentPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** A contract that cannot be used, with everything that is wrong with it. */
export class ContractError extends Error {
  constructor(
    readonly source: string,
    readonly faults: readonly Fault[],
    locate: (path: DocumentPath) => Position | undefined = () => undefined,
  ) {
    super(
      faults
        .map(({ code, path, message }) => {
          const at = locate(path);
          const place = at === undefined ? source : `${source}:${at.line}:${at.column}`;
          return `${place}: ${code}: ${path.length === 0 ? '' : `'${formatPath(path)}' `}${message}`;
        })
        .join('\n'),
    );
    this.name = 'ContractError';
  }
}
