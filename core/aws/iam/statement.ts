import * as z from 'zod';
import { parseCondition, type Condition } from './condition.ts';
import { expand, matches, parsePattern, type Lookup, type Pattern } from './pattern.ts';

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Selector {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

/** A statement of any kind of policy. */
export interface Statement {
  readonly sid: string | undefined;
  /** Its place in the policy, from 0. */
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns in lower case: action names are compared without regard to case. */
  readonly action: Selector;
  readonly resource: Selector;
  readonly conditions: readonly Condition[];
}

/** A document that IAM refuses, or that this evaluator cannot judge and therefore refuses too. */
export class MalformedPolicyDocument extends Error {
  override readonly name = 'MalformedPolicyDocument';
}

export const list = <T extends z.ZodType>(item: T) => z.union([item.transform((value) => [value]), z.array(item).min(1)]);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const actions = list(z.string().regex(/^(\*|[a-z0-9-]+:[\w*?]+)$/i, "must be '*' or '<service>:<action>'"));
const resources = list(z.string().regex(/^(\*$|arn:)/, "must be '*' or an ARN"));

/** Elements that statements of all kinds of policies have. */
export const commonElements = {
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: actions.optional(),
  NotAction: actions.optional(),
  Condition: z.record(z.string(), z.record(z.string(), list(scalar))).optional(),
};
export const resourceElements = { Resource: resources.optional(), NotResource: resources.optional() };

export const documentOf = <T extends z.ZodType>(statement: T) =>
  z.strictObject({
    Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
    Id: z.string().optional(),
    Statement: list(statement),
  });

interface Elements {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[] | undefined;
  readonly NotAction?: readonly string[] | undefined;
  readonly Resource?: readonly string[] | undefined;
  readonly NotResource?: readonly string[] | undefined;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined;
}

/** Policy variables exist since version 2012-10-17 only; before that `${` is text. */
export const knowsVariables = (version: string | undefined): { readonly variables: boolean } => ({
  variables: version === '2012-10-17',
});

/** @throws Error for operators, values and combinations of elements that it does not know */
export function readStatement(elements: Elements, index: number, reading: { readonly variables: boolean }): Statement {
  const lower = (texts: readonly string[] | undefined) => texts?.map((text) => text.toLowerCase());
  return {
    sid: elements.Sid,
    index,
    effect: elements.Effect,
    action: readSelector('Action', lower(elements.Action), lower(elements.NotAction), { variables: false }),
    resource: readSelector('Resource', elements.Resource, elements.NotResource, reading),
    conditions: Object.entries(elements.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => parseCondition(operator, key, values, reading)),
    ),
  };
}

function readSelector(
  element: string,
  yes: readonly string[] | undefined,
  no: readonly string[] | undefined,
  reading: { readonly variables: boolean },
): Selector {
  const texts = yes ?? no;
  if (texts === undefined || (yes !== undefined && no !== undefined)) {
    throw new Error(`a statement takes exactly one of '${element}' and 'Not${element}'`);
  }
  return { negated: yes === undefined, patterns: texts.map((text) => parsePattern(text, reading)) };
}

/** @throws MalformedPolicyDocument */
export function read<S extends z.ZodType, T>(schema: S, document: unknown, build: (parsed: z.infer<S>) => T): T {
  const parsed = schema.safeParse(document);
  if (!parsed.success) throw new MalformedPolicyDocument(z.prettifyError(parsed.error));
  try {
    return build(parsed.data);
  } catch (error) {
    throw new MalformedPolicyDocument(error instanceof Error ? error.message : String(error));
  }
}

const selects = ({ negated, patterns }: Selector, value: string, lookup: Lookup): boolean =>
  patterns.some((pattern) => {
    const expanded = expand(pattern, lookup);
    return expanded !== undefined && matches(expanded, value);
  }) !== negated;

/** What is asked for. */
export interface Asked {
  /** `s3:GetObject`, in lower case. */
  readonly action: string;
  /** The resource's ARN, compared with regard to case; `*` for an action that has no resource. */
  readonly resource: string;
  readonly lookup: Lookup;
}

/** Whether a statement speaks of this action on this resource under these conditions. */
export const applies = ({ action, resource, conditions }: Statement, asked: Asked): boolean =>
  selects(action, asked.action, asked.lookup) &&
  selects(resource, asked.resource, asked.lookup) &&
  conditions.every((holds) => holds(asked.lookup));
