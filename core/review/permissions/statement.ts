import * as z from 'zod';
import { alternativesOf } from '../alternatives.ts';
import { textOf } from '../value.ts';

/** Values by key by operator; the keys' names in lower case, as IAM compares them. */
export type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** One thing that a policy allows or denies: an action, on a resource, to somebody, under a condition. */
export interface Permission {
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  /** Empty in a trust policy, which is about its role. */
  readonly resource: string;
  /** Empty in a policy of an identity, which is about whoever has it. */
  readonly principal: string;
  readonly condition: Condition;
  /** Conditions of the template under which it is there: a branch of `Fn::If` gives it. Absent where it always is. */
  readonly when?: readonly string[];
}

/** What is done to what, as messages say it. */
export const nameOf = ({ action, resource }: Permission): string =>
  resource === '' ? `'${action}'` : `'${action}' on '${resource}'`;

/** What a selection of all but some begins with. */
export const ALL_BUT = 'all but ';

const oneOrMore = z.unknown().transform((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
const conditions = z.record(z.string(), z.record(z.string(), oneOrMore));
const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Principal: z
    .union([z.literal('*'), z.partialRecord(z.enum(['AWS', 'Service', 'Federated', 'CanonicalUser']), oneOrMore)])
    .optional(),
  NotPrincipal: z.unknown().optional(),
  Condition: conditions.optional(),
});
type Statement = z.infer<typeof statementShape>;
const documentShape = z.strictObject({
  Version: z.string().optional(),
  Id: z.string().optional(),
  Statement: oneOrMore.pipe(z.array(statementShape)),
});

/** What a document says, taken apart; undefined when there is something in it that cannot be read. */
export function permissionsOf(document: unknown): readonly Permission[] | undefined {
  const read = documentShape.safeParse(parsed(document));
  return read.success ? read.data.Statement.flatMap(split) : undefined;
}

/** Some resources hold their policy as text. */
function parsed(document: unknown): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function split(statement: Statement): readonly Permission[] {
  const condition = conditionOf(statement.Condition ?? {});
  const actions = selected(statement.Action, statement.NotAction);
  const resources = selected(statement.Resource, statement.NotResource);
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      principalsOf(statement).map((principal) => {
        const when = [...new Set([...action.when, ...resource.when, ...principal.when])].sort();
        return {
          effect: statement.Effect,
          action: action.text,
          resource: resource.text,
          principal: principal.text,
          condition,
          ...(when.length === 0 ? {} : { when }),
        };
      }),
    ),
  );
}

/** A text that a statement names, and under which conditions of the template. */
interface Named {
  readonly text: string;
  readonly when: readonly string[];
}

const always = (text: string): readonly Named[] => [{ text, when: [] }];
const namedIn = (value: unknown): readonly Named[] =>
  alternativesOf(value).map((one) => ({ text: textOf(one.value), when: one.when }));

/** All but some is one selection: nothing of it can be taken apart. */
const selected = (yes: readonly unknown[] | undefined, no: readonly unknown[] | undefined): readonly Named[] =>
  no === undefined ? (yes === undefined ? always('') : namedIn(yes)) : always(`${ALL_BUT}${no.map(textOf).sort().join(', ')}`);

function principalsOf({ Principal, NotPrincipal }: Statement): readonly Named[] {
  if (NotPrincipal !== undefined) return always(`${ALL_BUT}${textOf(NotPrincipal)}`);
  if (Principal === undefined) return always('');
  if (Principal === '*') return always('*');
  return Object.entries(Principal).flatMap(([kind, names]) =>
    namedIn(names).map(({ text, when }) => ({ text: kind === 'AWS' ? text : `${kind} ${text}`, when })),
  );
}

export const conditionOf = (condition: z.infer<typeof conditions>): Condition =>
  Object.fromEntries(
    Object.entries(condition)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([operator, keys]) => [
        operator,
        Object.fromEntries(
          Object.entries(keys)
            .map(([key, values]) => [key.toLowerCase(), [...new Set(values.map(textOf))].sort()] as const)
            .sort(([one], [other]) => (one < other ? -1 : 1)),
        ),
      ]),
  );
