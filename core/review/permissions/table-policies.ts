import type { Resource } from '../../aws/template.ts';
import { alternativesOf } from '../alternatives.ts';
import { isObject, textOf } from '../value.ts';

/** A policy, and the part of its resource that it is about, where it is not the whole. */
export interface PartPolicy {
  readonly document: unknown;
  readonly part?: string;
}

/**
 * The policies of a table, of its stream, and of each of its replicas and their streams.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
export const tablePolicies = ({ properties }: Resource): readonly PartPolicy[] => [
  ...policyOf(properties),
  ...policyOf(properties.StreamSpecification, 'StreamSpecification'),
  ...alternativesOf(properties.Replicas ?? []).flatMap(({ value: replica }) => {
    const part = `Replicas ${isObject(replica) ? textOf(replica.Region) : ''}`.trim();
    return [
      ...policyOf(replica, part),
      ...(isObject(replica) ? policyOf(replica.ReplicaStreamSpecification, `${part} ReplicaStreamSpecification`) : []),
    ];
  }),
];

/** What has a policy; one that only a deployment knows is given as it stands, and nobody can read it. */
function policyOf(holder: unknown, part?: string): readonly PartPolicy[] {
  if (holder === undefined) return [];
  const of = part === undefined ? {} : { part };
  if (!isObject(holder)) return [{ document: holder, ...of }];
  const { ResourcePolicy: policy } = holder;
  if (policy === undefined) return [];
  return [{ document: isObject(policy) && policy.PolicyDocument !== undefined ? policy.PolicyDocument : policy, ...of }];
}
