import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { InvalidProps } from '../invalid-props.ts';

/** What keys begin with, as it is. @throws {@link InvalidProps} `BadPrefix` */
export function takePrefix(scope: IConstruct, prefix: string): string {
  if (!Token.isUnresolved(prefix) && !/^[^/*?]+(?:\/[^/*?]+)*$/.test(prefix))
    throw new InvalidProps(
      'BadPrefix',
      scope,
      `'prefix' must be segments parted by slashes, without one at its ends, without '*' and '?', got '${prefix}'; correct it`,
    );
  return prefix;
}
