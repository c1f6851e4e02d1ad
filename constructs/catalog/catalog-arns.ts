import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** ARNs by which Glue knows the account's catalog, a database of it, and the tables of that. */
export function catalogArns(scope: Construct, databaseName: string) {
  const { partition, region, account } = Stack.of(scope);
  const arn = (resource: string) => `arn:${partition}:glue:${region}:${account}:${resource}`;
  return {
    catalog: arn('catalog'),
    database: arn(`database/${databaseName}`),
    table: (name: string) => arn(`table/${databaseName}/${name}`),
  } as const;
}
