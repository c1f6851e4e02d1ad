import type { RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyStatements, type KeyUse } from './key-statements.ts';

export interface ZoneKeyProps extends KeyUse {
  readonly description: string;
  readonly removalPolicy: RemovalPolicy;
}

/** What the account may do to a key without ever using it. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/** The statement that every key of the platform begins with. */
export const administration = (): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: 'AdministerWithoutUse',
    principals: [new iam.AccountRootPrincipal()],
    actions: ADMINISTRATION,
    resources: ['*'],
  });

/** A key that roles of later stacks may use without being named. Stateful. */
export class ZoneKey extends Construct {
  public readonly key: kms.Key;

  constructor(scope: Construct, id: string, { description, removalPolicy, ...use }: ZoneKeyProps) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', {
      description,
      enableKeyRotation: true,
      policy: new iam.PolicyDocument({ statements: [administration(), ...keyStatements(this, use)], minimize: false }),
      removalPolicy,
    });
  }
}
