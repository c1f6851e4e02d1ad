import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Environment } from './environment.ts';

/** What of an environment is lawful and not yet finished, a line each. */
export function adviseEnvironment({ name, removalPolicy, alarms, network }: Environment): string[] {
  return [
    ...(alarms?.emails.length === 0
      ? [
          `${name}: alarms reach nobody until something subscribes to their topic: 'alarms.emails' of lib/config/environments.ts is empty`,
        ]
      : []),
    ...(removalPolicy === RemovalPolicy.RETAIN && typeof network?.zones === 'number'
      ? [
          `${name}: 'network.zones' of lib/config/environments.ts names no zone: AWS may list them in another order one day, which replaces subnets`,
        ]
      : []),
  ];
}
