import { Stack, Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { TAGS } from './domain/tags.ts';

/** Tags what is made under `scope` with its environment, as a budget counts it, unless its stack gives that very tag to all that it holds. */
export function tagEnvironment(scope: IConstruct, environment: string): void {
  if (Stack.of(scope).tags.tagValues()[TAGS.environment] !== environment) Tags.of(scope).add(TAGS.environment, environment);
}
