import * as z from 'zod';
import { principalElements, readPrincipals, type Principals } from './principal.ts';
import {
  commonElements,
  documentOf,
  knowsVariables,
  read,
  readStatement,
  resourceElements,
  type Statement,
} from './statement.ts';

/** A statement that says to whom it speaks. */
export interface ResourceStatement extends Statement {
  readonly principals: Principals;
}

/** The policy of a bucket, a key, a topic or a role that has been read: it names principals. */
export interface ResourcePolicy {
  readonly statements: readonly ResourceStatement[];
}

const resourceDocument = documentOf(z.strictObject({ ...commonElements, ...resourceElements, ...principalElements }));
const trustDocument = documentOf(z.strictObject({ ...commonElements, Principal: principalElements.Principal }));

/**
 * Reads the policy of a resource.
 *
 * @throws MalformedPolicyDocument for keys, operators or shapes it does not know, and for `NotPrincipal` with `Allow`, which most services refuse
 */
export const parseResourcePolicy = (raw: unknown): ResourcePolicy =>
  read(resourceDocument, raw, ({ Version, Statement }) => ({
    statements: Statement.map((statement, index) => {
      const principals = readPrincipals(statement);
      if (principals.negated && statement.Effect === 'Allow') throw new Error("'NotPrincipal' takes 'Deny' only");
      return { ...readStatement(statement, index, knowsVariables(Version)), principals };
    }),
  }));

/**
 * Reads a role's trust policy: the policy of a resource that can only be the role itself.
 *
 * @throws MalformedPolicyDocument for keys, operators or shapes it does not know, `NotPrincipal` and `Resource` among them
 */
export const parseTrustPolicy = (raw: unknown): ResourcePolicy =>
  read(trustDocument, raw, ({ Version, Statement }) => ({
    statements: Statement.map((statement, index) => ({
      ...readStatement({ ...statement, Resource: ['*'] }, index, knowsVariables(Version)),
      principals: readPrincipals(statement),
    })),
  }));
