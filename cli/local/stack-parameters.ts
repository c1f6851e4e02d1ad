import { InvalidArgumentError } from 'commander';
import type { GivenParameter } from '../../local/assembly/given-parameters.ts';

/** `Stack:Name=value` or `Name=value`, as `cdk deploy --parameters` takes it. */
const GIVEN = /^(?:([^:=]+):)?([A-Za-z0-9]+)=(.*)$/s;
const EVERY_STACK = '*';

/** Takes one more value of the command line. @throws InvalidArgumentError */
export function addParameter(text: string, before: readonly GivenParameter[] = []): readonly GivenParameter[] {
  const [, stack, name, value] = GIVEN.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("it must be a parameter's name and its value, such as 'Stack:Name=value' or 'Name=value'.");
  return [...before, { ...(stack !== undefined && stack !== EVERY_STACK && { stack }), name, value }];
}

/** A value as the command line takes it. */
export const parameterText = ({ stack, name, value }: GivenParameter): string =>
  `${stack === undefined ? '' : `${stack}:`}${name}=${value}`;

/** The values of an earlier run, but for those that are given anew, and these. */
export function mergeParameters(earlier: readonly GivenParameter[], given: readonly GivenParameter[]): readonly GivenParameter[] {
  const isGiven = ({ stack, name }: GivenParameter): boolean =>
    given.some((other) => other.stack === stack && other.name === name);
  return [...earlier.filter((parameter) => !isGiven(parameter)).map((parameter) => ({ ...parameter, isKept: true })), ...given];
}
