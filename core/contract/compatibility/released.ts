import { asReleased } from '../../storage/dataset-past.ts';
import { ContractError, type DocumentPath, type Fault } from '../fault.ts';
import type { DataContract } from '../model.ts';
import { ordered } from './canonical.ts';
import { RELEASED_FORMAT, releasedShape } from './released-shape.ts';

/** A contract as it was released: what the parser made of it, so that a later parser reads no other promise into an old file, and where its objects lie. */
export const toReleased = (contract: DataContract): string =>
  `${JSON.stringify(ordered({ format: RELEASED_FORMAT, contract: asReleased(contract) }), undefined, 2)}\n`;

/**
 * Reads a released contract.
 *
 * @throws {@link ContractError} `ReleasedNotJson`, `ReleasedFormatUnknown`, `ReleasedInvalid`
 */
export function fromReleased(released: string, source = 'released contract'): DataContract {
  const document = parse(released, source);
  const read = releasedShape.safeParse(document);
  if (read.success) return read.data.contract;
  throw ContractError.in(
    source,
    read.error.issues.map(({ path, message }): Fault => {
      const at: DocumentPath = path.map((part) => (typeof part === 'number' ? part : String(part)));
      return at[0] === 'format'
        ? {
            code: 'ReleasedFormatUnknown',
            path: at,
            message: `must be ${RELEASED_FORMAT}, which is what this version reads; use the version that wrote it, or a later one`,
          }
        : {
            code: 'ReleasedInvalid',
            path: at,
            message: `is not what a release writes: ${message}; restore the file from version control`,
          };
    }),
  );
}

function parse(released: string, source: string): unknown {
  try {
    return JSON.parse(released);
  } catch {
    throw ContractError.in(source, [
      { code: 'ReleasedNotJson', path: [], message: 'must be JSON; restore the file from version control' },
    ]);
  }
}
