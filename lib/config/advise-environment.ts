import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Environment } from './environment.ts';

/** What of an environment is lawful and not yet finished, a line each. */
export function adviseEnvironment(environment: Environment): string[] {
  const { name, removalPolicy, alarms, network, region, replicationRegion, replicationCrossesBorders } = environment;
  const leaves =
    region !== undefined && replicationRegion !== undefined && partOfTheWorld(region) !== partOfTheWorld(replicationRegion);
  const second = replicationRegion === undefined ? '' : `, and to that of ${replicationRegion}`;
  return [
    ...(leaves && replicationCrossesBorders !== true
      ? [
          `${name}: copies leave the part of the world of ${region} for ${replicationRegion}: choose another 'replicationRegion' in lib/config/environments.ts, or say 'replicationCrossesBorders'`,
        ]
      : []),
    ...(alarms?.emails.length === 0
      ? [
          `${name}: alarms reach nobody until something subscribes to their topic${second}: 'alarms.emails' of lib/config/environments.ts is empty`,
        ]
      : []),
    ...(removalPolicy !== RemovalPolicy.DESTROY && typeof network?.zones === 'number'
      ? [
          `${name}: 'network.zones' of lib/config/environments.ts names no zone: AWS may list them in another order one day, which replaces subnets`,
        ]
      : []),
  ];
}

/** `eu` of `eu-central-1`. */
const partOfTheWorld = (region: string): string => region.split('-', 1)[0] ?? '';
