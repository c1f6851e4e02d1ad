import { Stack } from 'aws-cdk-lib/core';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { rolePath, type Actor } from '../../core/naming.ts';

/** A service that functions call, and all that they call of it. */
export interface CalledService {
  /** Construct id of its endpoint. */
  readonly id: string;
  /** Last part of the endpoint's service name. */
  readonly endpoint: string;
  /** First part of the host name that an SDK calls. */
  readonly host: string;
  readonly actions: readonly string[];
  /** Resources of the account and region, as an ARN ends. */
  readonly resources: string;
  /** Actors whose functions call it. */
  readonly calledBy: readonly Actor[];
}

/**
 * Lambda itself carries a function's logs and metrics, and Secrets Manager calls KMS: neither needs a way out of the function's network.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-networking.html
 */
export const CALLED_SERVICES: readonly CalledService[] = [
  {
    id: 'Firehose',
    endpoint: 'kinesis-firehose',
    host: 'firehose',
    actions: ['firehose:PutRecordBatch'],
    resources: 'deliverystream/*',
    calledBy: ['transform'],
  },
  {
    id: 'Secrets',
    endpoint: 'secretsmanager',
    host: 'secretsmanager',
    actions: ['secretsmanager:GetSecretValue'],
    resources: 'secret:*',
    calledBy: ['transform'],
  },
];

/** The name that SDKs look up for a service, and the only kind of name that a function may look up. */
export function hostName(scope: IConstruct, { host }: CalledService): string {
  const { region, urlSuffix } = Stack.of(scope);
  return `${host}.${region}.${urlSuffix}`;
}

/**
 * Who may call what through the service's endpoint. Credentials of another account are of no use here, and no ARN of another account is
 * reached with those of this one.
 */
export function endpointPolicy(
  scope: IConstruct,
  environment: string,
  { host, actions, resources, calledBy }: CalledService,
): iam.PolicyDocument {
  const { account, partition, region } = Stack.of(scope);
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'CallByFunctions',
        principals: [new iam.AnyPrincipal()],
        actions: [...actions],
        resources: [`arn:${partition}:${host}:${region}:${account}:${resources}`],
        conditions: {
          ArnLike: {
            'aws:PrincipalArn': calledBy.map((actor) => `arn:${partition}:iam::${account}:role${rolePath(environment, actor)}*`),
          },
        },
      }),
    ],
  });
}
