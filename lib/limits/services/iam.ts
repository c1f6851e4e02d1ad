import { resourcesOf, type JudgedStack } from '../judged-stack.ts';
import { ofType, type ServiceLimits } from '../limit.ts';
import { at, count, length } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

/** What IAM takes. */
export const iam: ServiceLimits = {
  resources: [
    {
      type: 'AWS::IAM::ManagedPolicy',
      what: 'characters of a managed policy',
      most: 6144,
      measure: ({ PolicyDocument }) => length(PolicyDocument),
      remedy: 'give the actor fewer datasets',
      see: SEE,
    },
    {
      type: 'AWS::IAM::Role',
      what: "characters of a role's trust policy, unless the quota is raised",
      most: 2048,
      measure: ({ AssumeRolePolicyDocument }) => length(AssumeRolePolicyDocument),
      remedy: 'let fewer principals assume it',
      see: SEE,
    },
    {
      type: 'AWS::IAM::Role',
      what: 'managed policies of a role, unless the quota is raised',
      most: 10,
      measure: ({ ManagedPolicyArns }, stack, id) => count(ManagedPolicyArns) + attached(stack, id),
      remedy: 'divide what it may do among several roles',
      see: SEE,
    },
  ],
  quotas: [
    { what: 'roles', regional: false, byDefault: 1000, most: 10_000, count: ofType('AWS::IAM::Role'), see: SEE },
    {
      what: 'customer managed policies',
      regional: false,
      byDefault: 1500,
      most: 10_000,
      count: ofType('AWS::IAM::ManagedPolicy'),
      see: SEE,
    },
  ],
};

/** Managed policies of the stack that attach themselves to the role. */
const attached = (stack: JudgedStack, role: string): number =>
  resourcesOf(stack).filter(
    ([, { Type, Properties }]) => Type === 'AWS::IAM::ManagedPolicy' && at(Properties, 'Roles', 'Ref').includes(role),
  ).length;
