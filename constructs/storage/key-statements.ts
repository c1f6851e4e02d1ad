import { Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { rolePath, type Actor } from '../../core/naming.ts';
import { viaService } from '../security/statements.ts';
import { deploymentRoles } from './deployment-roles.ts';

/** Who uses a key, and through what. */
export interface KeyUse {
  /** Environment's name: a segment of the paths of the roles. */
  readonly environment: string;
  /** Actors whose roles may use the key, if their own policy grants it too. */
  readonly usedBy: readonly Actor[];
  /** Services through which they use it: `s3`, `kinesis`, `secretsmanager`. */
  readonly viaServices: readonly string[];
  /** Whether log groups of this account and region are encrypted with it. */
  readonly encryptsLogs: boolean;
}

const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
const LOG_GROUP_USE = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * What a key's policy says of its use. KMS refuses a principal that does not exist yet, so the account is admitted under the path of its
 * roles (docs/adr/0007).
 */
export function keyStatements(
  scope: IConstruct,
  { environment, usedBy, viaServices, encryptsLogs }: KeyUse,
): iam.PolicyStatement[] {
  const { account, partition, region } = Stack.of(scope);
  const root = new iam.AccountRootPrincipal();
  const role = (path: string) => `arn:${partition}:iam::${account}:role${path}`;
  const deployers = deploymentRoles(scope).map(role);
  const statement = (sid: string, principal: iam.IPrincipal, actions: string[], conditions: iam.Conditions) =>
    new iam.PolicyStatement({ sid, principals: [principal], actions, resources: ['*'], conditions });
  return [
    ...(usedBy.length === 0
      ? []
      : [
          statement('UseByActors', root, USE, {
            ArnLike: { 'aws:PrincipalArn': usedBy.map((actor) => role(`${rolePath(environment, actor)}*`)) },
            StringEquals: { 'kms:ViaService': viaServices.flatMap((service) => viaService(scope, service)) },
          }),
        ]),
    ...(viaServices.includes('secretsmanager')
      ? [
          statement('CreateSecretsByDeployment', root, USE, {
            ArnLike: { 'aws:PrincipalArn': deployers.length > 1 ? deployers : deployers[0] },
            StringEquals: { 'kms:ViaService': viaService(scope, 'secretsmanager') },
          }),
        ]
      : []),
    ...(encryptsLogs
      ? [
          statement('EncryptLogGroups', new iam.ServicePrincipal(`logs.${region}.amazonaws.com`), LOG_GROUP_USE, {
            ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
          }),
        ]
      : []),
  ];
}
