import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_RESOURCES = 500;

/** Says what to do where a domain's datasets are more than its stack holds: the CDK's own refusal only counts. */
export function judgeStackSize(domain: Construct, datasets: number): void {
  domain.node.addValidation({
    validate: () => {
      const stack = Stack.of(domain);
      const inStack = resourcesOf(stack, stack);
      return inStack <= MOST_RESOURCES
        ? []
        : [
            `StackTooLarge: CloudFormation takes ${MOST_RESOURCES} resources in a stack, got ${inStack} in '${stack.node.path}', ${resourcesOf(domain, stack)} of them for the ${datasets} datasets here; leave some out of 'datasets', and give each of those a StreamIngestion, or a DirectPutShared and a DirectPutIngestion, in a further stack, with this domain's 'database', 'quarantine' and 'protectionSecret', and a Replay there`,
          ];
    },
  });
}

/** Those of nested stacks count there. */
const resourcesOf = (scope: Construct, stack: Stack): number =>
  scope.node.findAll().filter((node) => CfnResource.isCfnResource(node) && node.stack === stack).length;
