import { environmentOf, rolePath, type Actor } from '../../naming.ts';
import type { Condition } from './statement.ts';

/** The key of a condition that names who calls; keys are in lower case. */
const CALLER = 'aws:principalarn';

/** All roles of one path, in whatever account a stack lies. */
const ROLES_OF_PATH = /^arn:(?:aws[a-z-]*|\$\{AWS::Partition\}):iam::\$\{AWS::AccountId\}:role(\/[^*]+\/)\*$/;

/** All roles of an actor of the stack's environment: what policies admit that cannot name roles of later stacks. */
function isActorPath(value: string, stack: string): boolean {
  const environment = environmentOf(stack);
  const path = ROLES_OF_PATH.exec(value)?.[1];
  const actor = path?.split('/').at(-2);
  return environment !== undefined && actor !== undefined && path === rolePath(environment, actor as Actor); // an actor that is new too
}

/** The roles by which the CDK has CloudFormation deploy. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const isDeployer = (value: string): boolean => /^arn:[^"]*:role\/cdk-[^/"]+-cfn-exec-role-[^/"]+$/.test(value);

const POSITIVE = ['ArnEquals', 'ArnLike', 'StringEquals', 'StringLike'];

/** Whether a condition names who calls, and names roles of the platform only. */
export const isOfOwnRoles = (condition: Condition, stack: string): boolean =>
  POSITIVE.some((operator) => {
    const callers = condition[operator]?.[CALLER] ?? [];
    return callers.length > 0 && callers.every((caller) => isActorPath(caller, stack) || isDeployer(caller));
  });

/** Each demand of a condition. */
const demandsOf = (condition: Condition) =>
  Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );

/** Whether some demand of the old condition is made no more. */
export const isDropped = (before: Condition, after: Condition): boolean =>
  demandsOf(before).some(({ operator, key }) => after[operator]?.[key] === undefined);

/** Whether a key of the old condition is asked about no more, in whatever way. */
export const isForgotten = (before: Condition, after: Condition): boolean =>
  demandsOf(before).some(({ key }) => !demandsOf(after).some((demand) => demand.key === key));

/** Whether nobody meets the new condition who did not meet the old one, but for roles of one more actor. */
export const isWidenedByActors = (before: Condition, after: Condition, stack: string): boolean =>
  demandsOf(before).every(({ operator, key, values }) => {
    const now = after[operator]?.[key];
    if (now === undefined) return false;
    if (/Not/.test(operator)) return values.every((value) => now.includes(value));
    return now.every((value) => values.includes(value) || (key === CALLER && isActorPath(value, stack)));
  });
