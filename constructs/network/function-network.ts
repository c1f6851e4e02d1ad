import { Fn } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { exportName } from '../../core/naming.ts';
import { refuseEnvironment } from '../environment-name.ts';

/** Where functions stand, as the other constructs use it: made by `LakeNetwork`, imported from its exports, or somebody's own. */
export interface FunctionNetwork {
  /** Subnets of one VPC, of this account and region, each in a zone of its own. */
  readonly subnetIds: readonly string[];
  /** Groups that let functions out to the endpoints of the services they call, and to nothing else. */
  readonly securityGroupIds: readonly string[];
}

/** Each subnet has an export of its own: the value of one in use cannot change, so a list of all could take no further zone. */
const subnetName = (index: number): string => `FunctionSubnet${index + 1}Id`;
const GROUP_NAME = 'FunctionSecurityGroupId';

/** The fixed list that a network of so many zones exports, by name; a domain reads nothing else of it. */
export const networkExports = (subnetIds: readonly string[], securityGroupId: string): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(subnetIds.map((id, index) => [subnetName(index), id])),
  [GROUP_NAME]: securityGroupId,
});

/**
 * The network of another stack, by its exports.
 *
 * @param zones How many zones it has; fewer than it has are lawful
 * @throws {@link InvalidProps} `BadEnvironment`
 */
export function importNetwork(parent: Construct, environment: string, zones: number): FunctionNetwork {
  refuseEnvironment(parent, environment);
  const value = (name: string): string => Fn.importValue(exportName(environment, name));
  return {
    subnetIds: Array.from({ length: zones }, (_, index) => value(subnetName(index))),
    securityGroupIds: [value(GROUP_NAME)],
  };
}
