import { Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { rolePath, type Actor } from '../../core/naming.ts';
import { InvalidProps } from '../invalid-props.ts';
import { tagEnvironment } from '../tag-environment.ts';
import { policySize } from './policy-size.ts';

/**
 * Characters of a managed policy at most, white space not counted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LARGEST_POLICY = 6_144;

/** What `ActorRole` needs. */
export interface ActorRoleProps {
  /** Environment's name, a segment of the role's path. */
  readonly environment: string;
  /** The actor, a segment of the role's path: what key and bucket policies admit. */
  readonly actor: Actor;
  /** Who may become the actor. */
  readonly assumedBy: iam.IPrincipal;
  /** What the actor does, for whoever meets the role. */
  readonly description: string;
  /**
   * All that the actor may do. Actions are literal; a wildcard stands in object keys only.
   *
   * @throws {@link InvalidProps} `WildcardAction`, `PolicyTooLarge`
   */
  readonly statements: readonly iam.PolicyStatement[];
}

/** One actor: a role under its actor's path, and one managed policy that holds everything it may do. */
export class ActorRole extends Construct {
  /** Holds nothing but `policy`. */
  public readonly role: iam.Role;
  /** What uses the role must depend on the policy: a service checks its rights when it is created. */
  public readonly policy: iam.CfnManagedPolicy;
  /** Whom the role is made for. */
  public readonly actor: Actor;
  private readonly document: iam.PolicyDocument;

  constructor(scope: Construct, id: string, props: ActorRoleProps) {
    super(scope, id);
    tagEnvironment(this, props.environment);
    this.actor = props.actor;
    this.refuseWildcards(props.statements);
    const path = rolePath(props.environment, props.actor);
    this.role = new iam.Role(this, 'Role', { path, assumedBy: props.assumedBy, description: props.description });
    this.document = new iam.PolicyDocument({ statements: [...props.statements], minimize: false });
    this.policy = new iam.CfnManagedPolicy(new Construct(this, 'Policy'), 'Resource', {
      path,
      description: props.description,
      policyDocument: this.document,
      roles: [this.role.roleName],
    });
    this.node.addValidation({ validate: () => [...this.document.validateForIdentityPolicy(), ...this.judgeSize()] });
  }

  /**
   * Adds statements to the actor's one policy.
   *
   * @throws {@link InvalidProps} `WildcardAction`
   */
  public add(...statements: readonly iam.PolicyStatement[]): void {
    this.refuseWildcards(statements);
    this.document.addStatements(...statements);
  }

  private refuseWildcards(statements: readonly iam.PolicyStatement[]): void {
    for (const action of statements.flatMap((statement) => statement.actions)) {
      if (action.includes('*'))
        throw new InvalidProps(
          'WildcardAction',
          this,
          `'statements' must name actions literally, got '${action}'; list what is needed`,
        );
    }
  }

  private judgeSize(): string[] {
    const size = policySize(Stack.of(this).resolve(this.document));
    return size <= LARGEST_POLICY
      ? []
      : [
          `PolicyTooLarge: the policy must stay under ${LARGEST_POLICY} characters, got about ${size}; give the actor fewer datasets`,
        ];
  }
}

/** A service that may assume a role for resources of this account only. */
export function serviceOfThisAccount(scope: Construct, service: string): iam.IPrincipal {
  return new iam.ServicePrincipal(service, { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } } });
}
