import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { InvalidProps } from '../invalid-props.ts';
import type { ActorRole } from '../security/actor-role.ts';

/**
 * Adds what the producer of one dataset may do to the one policy of a producer of several, once.
 *
 * @param granted Paths of those that may already: IAM takes no statement twice
 * @throws {@link InvalidProps} `ActorNotAdmitted`
 */
export function grantProducer(
  scope: Construct,
  granted: Set<string>,
  producer: ActorRole,
  statements: () => readonly iam.PolicyStatement[],
): void {
  if (producer.actor !== 'producer')
    throw new InvalidProps(
      'ActorNotAdmitted',
      scope,
      `'grantWrite' takes a role of the actor 'producer', which keys and policies admit, got '${producer.actor}'; make it one`,
    );
  if (granted.has(producer.node.path)) return;
  granted.add(producer.node.path);
  producer.add(...statements());
}
