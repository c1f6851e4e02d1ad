import * as z from 'zod';
import {
  commonElements,
  documentOf,
  knowsVariables,
  read,
  readStatement,
  resourceElements,
  type Statement,
} from './statement.ts';

/** An identity, boundary or session policy that has been read: every operator and pattern in it is one that can be judged. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

const document = documentOf(z.strictObject({ ...commonElements, ...resourceElements }));

/**
 * Reads a policy that names no principal: an identity policy, a permissions boundary or a session policy.
 *
 * @throws MalformedPolicyDocument for keys, operators or shapes it does not know
 */
export const parsePolicyDocument = (raw: unknown): PolicyDocument =>
  read(document, raw, ({ Version, Statement }) => ({
    statements: Statement.map((statement, index) => readStatement(statement, index, knowsVariables(Version))),
  }));
