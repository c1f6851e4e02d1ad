import { parseDocument } from 'yaml';
import * as z from 'zod';
import { DANGERS } from '../danger.ts';
import type { Acceptance } from './acceptance.ts';

/** The file in which a project keeps them, at its root. */
export const ACCEPTANCES = 'accepted-dangers.yaml';

/** A file of acceptances that cannot be believed. */
export class AcceptanceError extends Error {
  readonly code = 'InvalidAcceptance';

  constructor(faults: readonly string[]) {
    super(faults.map((fault) => `InvalidAcceptance: '${ACCEPTANCES}': ${fault}`).join('\n'));
    this.name = 'AcceptanceError';
  }
}

const SHORTEST_REASON = 40;

const text = (is: RegExp, says: string) => z.string().regex(is, says);
const acceptanceShape = z
  .strictObject({
    code: z.string().refine((code) => Object.hasOwn(DANGERS, code), 'must be the code of a danger'),
    stacks: z
      .array(text(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be the name of a stack, not a pattern'))
      .nonempty()
      .optional(),
    contract: text(/^[a-z0-9_]+\/[^*]+$/, "must be one contract as '<domain>/<product>', not a pattern").optional(),
    resource: text(/^[^*?]+$/, 'must be one logical id, not a pattern').optional(),
    property: text(/^[^*]+$/, 'must be one path, not a pattern').optional(),
    change: text(/^[0-9a-f]{16}$/, 'must be the digest that the review prints'),
    reason: z
      .string()
      .refine(
        (reason) => reason.trim().length >= SHORTEST_REASON,
        `must be at least ${SHORTEST_REASON} characters; say why this is meant, and what becomes of what is lost`,
      ),
    owner: z.string().refine((owner) => owner.trim() !== '', 'must be who answers for it; name a team'),
  })
  .refine(
    ({ stacks, contract, resource }) =>
      contract === undefined ? stacks !== undefined : stacks === undefined && resource === undefined,
    "must name 'stacks', or a 'contract' and no 'resource'; keep what the review prints",
  )
  .transform(({ stacks, contract, resource, property, ...rest }): Acceptance => ({
    ...rest,
    ...(stacks === undefined ? {} : { stacks }),
    ...(contract === undefined ? {} : { contract }),
    ...(resource === undefined ? {} : { resource }),
    ...(property === undefined ? {} : { property }),
  }));
const fileShape = z.strictObject({ acceptances: z.array(acceptanceShape) });

/**
 * Reads the text of a file of acceptances.
 *
 * @throws {@link AcceptanceError} naming each fault: what cannot be believed as a whole accepts nothing
 */
export function readAcceptances(source: string): readonly Acceptance[] {
  const document = parseDocument(source, { stringKeys: true });
  if (document.errors.length > 0) throw new AcceptanceError(document.errors.map(({ message }) => message));
  const read = fileShape.safeParse(document.toJS());
  if (!read.success)
    throw new AcceptanceError(read.error.issues.map(({ path, message }) => `'${path.map(String).join('.')}': ${message}`));
  return read.data.acceptances;
}
