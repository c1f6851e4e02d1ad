import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { InvalidProps } from './invalid-props.ts';
import { takeName } from './lake-neighbours.ts';

/**
 * Exports a value as an output of the stack; where the stack has another construct of that id, as one of the construct that exports. An app
 * exports a name once in an account and region.
 *
 * @throws {@link InvalidProps} `ExportedTwice`
 */
export function exportValue(scope: Construct, id: string, output: { readonly exportName: string; readonly value: string }): void {
  const stack = Stack.of(scope);
  const twice = [stack, scope]
    .map((holder) => holder.node.tryFindChild(id))
    .find((child) => child instanceof CfnOutput && child.exportName === output.exportName);
  if (twice !== undefined)
    throw new InvalidProps(
      'ExportedTwice',
      scope,
      `'export' must be called once for each name, got '${output.exportName}' at '${twice.node.path}' already; remove one call`,
    );
  takeName(scope, '', output.exportName, 'ExportedTwice', "'export'"); // a region takes a name once, whichever stack has it
  new CfnOutput(stack.node.tryFindChild(id) === undefined ? stack : scope, id, output);
}
