import { isRecord, ownOf } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';
import type { StackTemplate } from './read-assembly.ts';

/** A value for a parameter of one stack, or of every stack that has it. */
export interface GivenParameter {
  /** A stack's name, or its path in the app. @default - every stack */
  readonly stack?: string;
  readonly name: string;
  readonly value: string;
  /** Whether it was given to an earlier run: templates that have it no more are no fault then. @default false */
  readonly isKept?: boolean;
}

/** What the CDK declares in every stack, with a default. */
const OF_THE_CDK = 'BootstrapVersion';

/** Values by stack and parameter. */
export type GivenValues = ReadonlyMap<StackTemplate, Readonly<Record<string, string>>>;

/**
 * Which stack is given what. What is said of one stack counts before what is said of all, and of the same that which is said last.
 *
 * @throws {@link AssemblyError} `UnknownParameter` for what no stack has, `ParameterMissing` for what has neither a value nor a default
 */
export function giveParameters(stacks: readonly StackTemplate[], given: readonly GivenParameter[]): GivenValues {
  const isFor = (stack: StackTemplate, { stack: named, name }: GivenParameter): boolean =>
    (named === undefined || named === stack.name || named === stack.path) && Object.hasOwn(stack.parameters, name);
  const stranger = given.find((parameter) => parameter.isKept !== true && !stacks.some((stack) => isFor(stack, parameter)));
  if (stranger !== undefined)
    throw new AssemblyError(
      'UnknownParameter',
      `no stack that runs${stranger.stack === undefined ? '' : ` and is called '${stranger.stack}'`} has a parameter '${stranger.name}'; take one of ${namesIn(stacks).join(', ')}`,
    );
  const general = [...given].sort((a, b) => Number(a.stack !== undefined) - Number(b.stack !== undefined));
  return new Map(
    stacks.map((stack) => {
      const values = Object.fromEntries(
        general.filter((parameter) => isFor(stack, parameter)).map(({ name, value }) => [name, value]),
      );
      refuseMissing(stack, values);
      return [stack, values];
    }),
  );
}

const namesIn = (stacks: readonly StackTemplate[]): readonly string[] =>
  stacks.flatMap(({ name: stack, parameters }) =>
    Object.keys(parameters).flatMap((name) => (name === OF_THE_CDK ? [] : [`${stack}:${name}`])),
  );

function refuseMissing({ name: stack, parameters }: StackTemplate, values: Readonly<Record<string, string>>): void {
  const missing = withoutValue(parameters, values);
  if (missing.length === 0) return;
  const example = `${stack}:${missing[0]}=<value>`;
  throw new AssemblyError(
    'ParameterMissing',
    `${stack}: Parameters: [${missing.join(', ')}] must have values; give them: '--parameters ${example}'`,
  );
}

/** Names of parameters that have neither a value nor a default. */
export const withoutValue = (
  parameters: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): readonly string[] =>
  Object.entries(parameters).flatMap(([name, declared]) =>
    ownOf(values, name) === undefined && !(isRecord(declared) && 'Default' in declared) ? [name] : [],
  );
