import { danger, type Danger } from './danger.ts';
import { judgeParts, unknownEffect, type Judge } from './rules/judge.ts';
import type { Resource, StackTemplate } from '../aws/template.ts';
import { listOf } from './value.ts';

/** How much is left of a resource under each policy. What is taken along by a first deployment that fails held nothing yet. */
const STRENGTH = new Map<unknown, number>([
  [undefined, 0],
  ['Delete', 0],
  ['Snapshot', 1],
  ['RetainExceptOnCreate', 2],
  ['Retain', 2],
]);
const strength = (policy: unknown): number => STRENGTH.get(policy) ?? -1;

const policy =
  (code: 'DeletionPolicyWeakened' | 'UpdateReplacePolicyWeakened', when: string): Judge =>
  (before, after, path, whole) => {
    if (strength(before) < 0 || strength(after) < 0) return unknownEffect(before, after, path, whole);
    return strength(after) < strength(before)
      ? [danger(code, `'${path}' is not ${String(before)}: ${when} takes along what it holds`)]
      : [];
  };

const KEEPING = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

const ATTRIBUTES = {
  DeletionPolicy: policy('DeletionPolicyWeakened', 'a deletion'),
  UpdateReplacePolicy: policy('UpdateReplacePolicyWeakened', 'a replacement'),
  Metadata: () => [],
  DependsOn: () => [], // needs the whole template: see below
} as const satisfies Readonly<Record<string, Judge>>;

/** Types whose absence at creation makes a dependent fail, or run without what they say. */
const ARE_POLICIES = /^AWS::(IAM::(ManagedPolicy|Policy)|S3::BucketPolicy)$/;

/** What a resource no longer waits for, of what is still there: an order of deployment may depend on it. */
function droppedDependencies(before: Resource, after: Resource, template: StackTemplate): readonly Danger[] {
  const now = listOf(after.attributes.DependsOn);
  return listOf(before.attributes.DependsOn)
    .filter((id) => !now.includes(id))
    .flatMap((id): readonly Danger[] => {
      const dependency = template.resources.get(String(id));
      if (dependency === undefined) return [];
      return ARE_POLICIES.test(dependency.type)
        ? [
            danger(
              'PolicyDependencyDropped',
              `it no longer waits for '${String(id)}': it may be made, or changed, before its role may do what it must`,
            ),
          ]
        : [
            danger(
              'UnknownEffect',
              `it no longer waits for '${String(id)}': see that the order in which they change does not matter`,
            ),
          ];
    });
}

/** What changed beside the properties. */
export function judgeAttributes(before: Resource, after: Resource, template: StackTemplate): readonly Danger[] {
  const whole = { before: before.properties, after: after.properties };
  return [
    ...judgeParts(ATTRIBUTES, before.attributes, after.attributes, '', whole),
    ...droppedDependencies(before, after, template),
  ];
}

/** A new resource that holds something is to be kept as well as each other one of its type in its environment is. */
export function judgeNewAttributes({ attributes }: Resource, peers: readonly Resource[]): readonly Danger[] {
  const weakest = (key: 'DeletionPolicy' | 'UpdateReplacePolicy') =>
    peers.map((peer) => peer.attributes[key]).sort((one, other) => strength(one) - strength(other))[0];
  return KEEPING.flatMap((key) => ATTRIBUTES[key](weakest(key), attributes[key], key, { before: {}, after: {} }));
}
