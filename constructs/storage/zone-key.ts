import { Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { rolePath, type Actor } from '../../core/naming.ts';
import { viaService } from '../security/statements.ts';

export interface ZoneKeyProps {
  readonly environment: string;
  readonly description: string;
  /** Actors whose roles may use the key, if their own policy grants it too. */
  readonly usedBy: readonly Actor[];
  /** Services through which they use it: `s3`, `kinesis`, `secretsmanager`. */
  readonly viaServices: readonly string[];
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
  'kms:ListAliases',
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

/**
 * A key that roles of later stacks may use without being named: KMS refuses a policy whose principal does not exist yet, so the
 * account is admitted under the path of its roles (docs/adr/0007). Stateful.
 */
export class ZoneKey extends Construct {
  public readonly key: kms.Key;

  constructor(scope: Construct, id: string, props: ZoneKeyProps) {
    super(scope, id);
    const { account, partition, region } = Stack.of(this);
    const root = new iam.AccountRootPrincipal();
    const services = props.viaServices.map((service) => viaService(this, service));
    const roles = props.usedBy.map((actor) => `arn:${partition}:iam::${account}:role${rolePath(props.environment, actor)}*`);
    const statements = [
      new iam.PolicyStatement({ sid: 'AdministerWithoutUse', principals: [root], actions: ADMINISTRATION, resources: ['*'] }),
      new iam.PolicyStatement({
        sid: 'UseByActors',
        principals: [root],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { ArnLike: { 'aws:PrincipalArn': roles }, StringEquals: { 'kms:ViaService': services } },
      }),
    ];
    if (props.viaServices.includes('secretsmanager')) {
      statements.push(
        new iam.PolicyStatement({
          sid: 'CreateSecretsByDeployment',
          principals: [root],
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
          conditions: {
            ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${account}:role/cdk-*-cfn-exec-role-${account}-${region}` },
            StringEquals: { 'kms:ViaService': viaService(this, 'secretsmanager') },
          },
        }),
      );
    }
    this.key = new kms.Key(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      policy: new iam.PolicyDocument({ statements, minimize: false }),
      removalPolicy: props.removalPolicy,
    });
  }
}
