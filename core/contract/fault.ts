/** Where in a document something stands: keys and indexes from the root. */
export type DocumentPath = readonly (string | number)[];

/** One thing wrong with a contract. Codes are stable; messages are for people. */
export interface Fault {
  readonly code: string;
  readonly path: DocumentPath;
  /** What is required, what was got, and what to do about it. */
  readonly message: string;
  /** Whether the key is at fault, and not its value. @default false */
  readonly atKey?: boolean;
}

/** Where a fault stands in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A fault, and the file it is in. */
export interface SourcedFault extends Fault {
  /** The file, or whatever its maker knows the contract by. */
  readonly source: string;
  readonly position?: Position;
}

/** Writes a path as people write it: `schema[0].properties[2].name`. */
export function formatPath(path: DocumentPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** A fault in one line: `contracts/sales/orders.odcs.yaml:12:9: UnknownKey: 'schema[0].colour' …`. */
export function formatFault({ source, position, code, path, message }: SourcedFault): string {
  const place = position === undefined ? source : `${source}:${position.line}:${position.column}`;
  const line = `${place}: ${code}: ${path.length === 0 ? '' : `'${formatPath(path)}' `}${message}`;
  return line.replaceAll(/\s*[\r\n\u2028\u2029]\s*/g, ' '); // a value may be of several lines
}

/** Contracts that cannot be used, with everything that is wrong with them. */
export class ContractError extends Error {
  constructor(readonly faults: readonly SourcedFault[]) {
    super(faults.map(formatFault).join('\n'));
    this.name = 'ContractError';
  }

  /** All the faults of one contract, in the order in which they stand. */
  static in(
    source: string,
    faults: readonly Fault[],
    locate: (fault: Fault) => Position | undefined = () => undefined,
  ): ContractError {
    const placed = faults.map((fault) => {
      const position = locate(fault);
      return { ...fault, source, ...(position === undefined ? {} : { position }) };
    });
    return new ContractError(
      placed.sort((a, b) =>
        a.position === undefined || b.position === undefined
          ? 0
          : a.position.line - b.position.line || a.position.column - b.position.column,
      ),
    );
  }
}
