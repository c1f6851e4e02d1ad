import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { InvalidProps } from '../invalid-props.ts';

/** A token is taken as it is. @throws {@link InvalidProps} `BadShards` */
export function refuseShards(scope: IConstruct, shards: number): void {
  if (Token.isUnresolved(shards) || (Number.isInteger(shards) && shards >= 0)) return;
  throw new InvalidProps(
    'BadShards',
    scope,
    `'shards' must be a whole number, 1 or more, or 0 for a stream on demand, got ${shards}; mend it, or leave it out`,
  );
}
