import type { Document, Environment } from './read-environment.ts';
import { statementsIn } from './statement.ts';

/** Services through which somebody could get at more than was meant, whether the platform uses them or not. */
const ESCALATION = [
  'athena', 'cloudformation', 'cloudtrail', 'cloudwatch', 'ec2', 'events', 'firehose', 'glue', 'iam', 'kinesis', 'kms', 'lakeformation', 'lambda',
  'logs', 'organizations', 's3', 'scheduler', 'secretsmanager', 'sns', 'sqs', 'ssm', 'states', 'sts', 'xray',
] as const; // prettier-ignore

const list = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

/** Every policy of an environment. */
export const documentsOf = ({ roles, resources, endpoints }: Environment): readonly Document[] => [
  ...roles.flatMap(({ identity, boundary }) => [...identity, ...(boundary === undefined ? [] : [boundary])]),
  ...resources.flatMap(({ policy }) => (policy === undefined ? [] : [policy])),
  ...endpoints.map(({ policy }) => policy),
];

/** Services that an environment has resources of or speaks of in a policy, and those of escalation; sorted. */
export function servicesOf(environment: Environment): readonly string[] {
  const spoken = documentsOf(environment)
    .flatMap(statementsIn)
    .flatMap(({ Action, NotAction }) => [...list(Action), ...list(NotAction)])
    .map((action) => action.split(':')[0] ?? '')
    .filter((service) => service !== '*');
  const held = environment.resources.map(({ kind }) => kind.split(':')[0] ?? '');
  return [...new Set([...ESCALATION, ...spoken, ...held])].sort();
}
