import { z } from 'zod';
import { parseCondition, type Condition } from './condition.ts';
import { parsePattern, type Pattern } from './pattern.ts';

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Selector {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

/** What a statement of any kind of policy says. */
export interface Rule {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns in lower case: action names are compared without regard to case. */
  readonly action: Selector;
  readonly conditions: readonly Condition[];
}

/** A statement of an identity policy. */
export interface Statement extends Rule {
  readonly resource: Selector;
}

/** An identity policy that has been read: every operator and pattern in it is one that `evaluate` can judge. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

/** A statement of a role's trust policy. Federated principals are read and never matched: nobody here is one. */
export interface TrustStatement extends Rule {
  readonly principal: '*' | { readonly aws: readonly string[]; readonly service: readonly string[] };
}

/** A role's trust policy that has been read. */
export interface TrustPolicy {
  readonly statements: readonly TrustStatement[];
}

/** A document that IAM refuses, or that this evaluator cannot judge and therefore refuses too. */
export class MalformedPolicyDocument extends Error {
  override readonly name = 'MalformedPolicyDocument';
}

const list = <T extends z.ZodType>(item: T) => z.union([item.transform((value) => [value]), z.array(item).min(1)]);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const actions = list(z.string().regex(/^(\*|[a-z0-9-]+:[\w*?]+)$/i, "must be '*' or '<service>:<action>'"));
const resources = list(z.string().regex(/^(\*$|arn:)/, "must be '*' or an ARN"));
const principals = list(
  z.string().regex(/^(\*|\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:[^*?]+)$/, "must be '*', an account or an ARN without wildcards"),
);

const common = {
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: actions.optional(),
  NotAction: actions.optional(),
  Condition: z.record(z.string(), z.record(z.string(), list(scalar))).optional(),
};
const identity = z.strictObject({ ...common, Resource: resources.optional(), NotResource: resources.optional() });
const trust = z.strictObject({
  ...common,
  Principal: z.union([
    z.literal('*'),
    z.strictObject({
      AWS: principals.optional(),
      Service: list(z.string().regex(/^[a-z0-9.-]+$/, 'must be a service principal')).optional(),
      Federated: list(z.string()).optional(),
    }),
  ]),
});

const documentOf = <T extends z.ZodType>(statement: T) =>
  z.strictObject({
    Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
    Id: z.string().optional(),
    Statement: list(statement),
  });
const identityDocument = documentOf(identity);
const trustDocument = documentOf(trust);

interface Options {
  readonly variables: boolean;
}

function selector(
  element: string,
  yes: readonly string[] | undefined,
  no: readonly string[] | undefined,
  options: Options,
): Selector {
  const texts = yes ?? no;
  if (texts === undefined || (yes !== undefined && no !== undefined)) {
    throw new Error(`a statement takes exactly one of '${element}' and 'Not${element}'`);
  }
  return { negated: yes === undefined, patterns: texts.map((text) => parsePattern(text, options)) };
}

function rule(statement: Omit<z.infer<typeof identity>, 'Resource' | 'NotResource'>, options: Options): Rule {
  const lower = (texts: readonly string[] | undefined) => texts?.map((text) => text.toLowerCase());
  return {
    sid: statement.Sid,
    effect: statement.Effect,
    action: selector('Action', lower(statement.Action), lower(statement.NotAction), { variables: false }),
    conditions: Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => parseCondition(operator, key, values, options)),
    ),
  };
}

function read<S extends z.ZodType, T>(schema: S, document: unknown, build: (parsed: z.infer<S>) => T): T {
  const parsed = schema.safeParse(document);
  if (!parsed.success) throw new MalformedPolicyDocument(z.prettifyError(parsed.error));
  try {
    return build(parsed.data);
  } catch (error) {
    throw new MalformedPolicyDocument(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads an identity policy.
 *
 * @throws MalformedPolicyDocument for keys, operators or shapes it does not know
 */
export const parsePolicyDocument = (document: unknown): PolicyDocument =>
  read(identityDocument, document, ({ Version, Statement }) => {
    const options = { variables: Version === '2012-10-17' };
    return {
      statements: Statement.map((statement) => ({
        ...rule(statement, options),
        resource: selector('Resource', statement.Resource, statement.NotResource, options),
      })),
    };
  });

/**
 * Reads a role's trust policy.
 *
 * @throws MalformedPolicyDocument for keys, operators or shapes it does not know, `NotPrincipal` among them
 */
export const parseTrustPolicy = (document: unknown): TrustPolicy =>
  read(trustDocument, document, ({ Version, Statement }) => {
    const options = { variables: Version === '2012-10-17' };
    return {
      statements: Statement.map((statement) => ({
        ...rule(statement, options),
        principal:
          statement.Principal === '*' ? '*' : { aws: statement.Principal.AWS ?? [], service: statement.Principal.Service ?? [] },
      })),
    };
  });
