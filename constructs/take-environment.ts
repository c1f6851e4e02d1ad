import { Stack, Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { TAGS } from './domain/tags.ts';
import { refuseEnvironment } from './environment-name.ts';

/**
 * What every construct of an environment begins with: its name is checked, and what is made under `scope` is tagged with it, as a budget counts it,
 * unless its stack or a construct around it gives that very tag to all that it holds.
 *
 * @throws InvalidProps `BadEnvironment`
 */
export function takeEnvironment(scope: IConstruct, environment: string): void {
  refuseEnvironment(scope, environment);
  const nearest = scope.node.scopes.findLast((around) => environments.has(around));
  if (nearest === undefined ? givenByStack(scope) === environment : environments.get(nearest) === environment) return;
  environments.set(scope, environment);
  Tags.of(scope).add(TAGS.environment, environment);
}

/** The environment of constructs that were tagged with it. */
const environments = new WeakMap<IConstruct, string>();

const givenByStack = (scope: IConstruct): string | undefined => Stack.of(scope).tags.tagValues()[TAGS.environment];
