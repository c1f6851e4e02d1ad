import { Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { rolePath, type Actor } from '../../core/naming.ts';
import { InvalidProps } from '../invalid-props.ts';
import { takeEnvironment } from '../take-environment.ts';
import { policySize } from './policy-size.ts';

/**
 * Characters of a managed policy at most, white space not counted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LARGEST_POLICY = 6_144;

/** What `ActorRole` needs. */
export interface ActorRoleProps {
  /**
   * Environment's name, a segment of the role's path.
   *
   * @throws {@link InvalidProps} `BadEnvironment`
   */
  readonly environment: string;
  /** The actor, a segment of the role's path: what key and bucket policies admit. */
  readonly actor: Actor;
  /** Who may become the actor. */
  readonly assumedBy: iam.IPrincipal;
  /** What the actor does, for whoever meets the role. */
  readonly description: string;
  /**
   * All that the actor may do, with what `add` and grants bring. Actions are literal; a wildcard stands in object keys only. A policy that is
   * empty or too large fails at synth, as `NoStatements` or `PolicyTooLarge`: until then it may change.
   *
   * @throws {@link InvalidProps} `WildcardAction`, `NoActions`, `NegatedResources`
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
  private readonly sids = new Set<string>();

  constructor(scope: Construct, id: string, props: ActorRoleProps) {
    super(scope, id);
    takeEnvironment(this, props.environment);
    this.actor = props.actor;
    const path = rolePath(props.environment, props.actor);
    this.role = new iam.Role(this, 'Role', { path, assumedBy: props.assumedBy, description: props.description });
    this.document = new iam.PolicyDocument({ minimize: false });
    this.add(...props.statements);
    this.policy = new iam.CfnManagedPolicy(new Construct(this, 'Policy'), 'Resource', {
      path,
      description: props.description,
      policyDocument: this.document,
      roles: [this.role.roleName],
    });
    this.node.addValidation({ validate: () => [...this.document.validateForIdentityPolicy(), ...this.judge()] });
  }

  /**
   * Adds statements to the actor's one policy. IAM takes no sid twice: one that stands there already gets a number.
   *
   * @throws {@link InvalidProps} `WildcardAction`, `NoActions`, `NegatedResources`
   */
  public add(...statements: readonly iam.PolicyStatement[]): void {
    this.refuse(statements);
    for (const statement of statements) {
      const sid = this.freeSid(statement.sid);
      this.document.addStatements(sid === statement.sid ? statement : statement.copy({ sid }));
    }
  }

  private freeSid(wanted: string | undefined): string | undefined {
    if (wanted === undefined) return undefined;
    let sid = wanted;
    for (let number = 2; this.sids.has(sid); number += 1) sid = `${wanted}${number}`;
    this.sids.add(sid);
    return sid;
  }

  private refuse(statements: readonly iam.PolicyStatement[]): void {
    for (const { actions, notResources, sid } of statements) {
      const which = `in ${sid === undefined ? 'one without a sid' : `'${sid}'`}`;
      if (actions.length === 0)
        throw new InvalidProps('NoActions', this, `'statements' must name actions, got none ${which}; list what is needed`);
      if (notResources.length > 0)
        throw new InvalidProps(
          'NegatedResources',
          this,
          `'statements' must name resources, got those that are left out ${which}; list what is needed`,
        );
      const wildcard = actions.find((action) => action.includes('*'));
      if (wildcard !== undefined)
        throw new InvalidProps(
          'WildcardAction',
          this,
          `'statements' must name actions literally, got '${wildcard}'; list what is needed`,
        );
    }
  }

  private judge(): string[] {
    if (this.document.isEmpty)
      return ["NoStatements: 'statements' must hold what the actor may do, got none; add one, or grant something to the role"];
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
