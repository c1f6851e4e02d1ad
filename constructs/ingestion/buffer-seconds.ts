import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { PLATFORM } from '../../core/cost/platform.ts';
import { InvalidProps } from '../invalid-props.ts';

/** Seconds of a `longestBuffer`. @throws {@link InvalidProps} `LongestBufferOutOfRange`, `LongestBufferUnresolved` */
export function bufferSeconds(scope: Construct, given: Duration): number {
  if (given.isUnresolved())
    throw new InvalidProps(
      'LongestBufferUnresolved',
      scope,
      "'longestBuffer' must be known at synth, since a contract's freshness may ask for less, got a token; give a literal",
    );
  const seconds = given.toSeconds({ integral: false });
  const { shortestBufferSeconds: least, longestBufferSeconds: most } = PLATFORM;
  if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds;
  throw new InvalidProps(
    'LongestBufferOutOfRange',
    scope,
    `'longestBuffer' must be whole seconds from ${least} to ${most}, got ${seconds}; choose a value in between`,
  );
}
