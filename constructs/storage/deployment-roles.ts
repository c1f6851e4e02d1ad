import { DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** As `cdk bootstrap` calls it, whatever the qualifier. */
const BOOTSTRAPPED = /^\/cdk-[^/]+-cfn-exec-role-[^/]+$/;

/**
 * Roles by which CloudFormation makes resources, each with its path: those of the CDK's bootstrap, and the one of the stack's synthesizer where
 * somebody has given it another name. Whoever deploys with rights of their own is not known here.
 */
export function deploymentRoles(scope: IConstruct): readonly string[] {
  const { account, region, synthesizer } = Stack.of(scope);
  const bootstrapped = `/cdk-*-cfn-exec-role-${account}-${region}`;
  if (!(synthesizer instanceof DefaultStackSynthesizer)) return [bootstrapped];
  const [, named = ''] = synthesizer.cloudFormationExecutionRoleArn.split(':role');
  const own = named.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region);
  return own === '' || BOOTSTRAPPED.test(named) ? [bootstrapped] : [bootstrapped, own];
}
