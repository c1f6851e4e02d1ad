import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
  type IApplyRule,
  type NagPack,
} from 'cdk-nag';

/** The five packs that judge every template. */
export const packs = (): NagPack[] =>
  [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks].map(
    (Pack) => new Pack(undefined, { verbose: false }),
  );

/** The ids of all rules of a pack, as it asks them of any resource. */
export function rulesOf(pack: NagPack): string[] {
  const rules: string[] = [];
  const listening = Object.assign(pack, {
    applyRule: (asked: IApplyRule) => {
      rules.push(`${pack.readPackName}-${asked.ruleSuffixOverride ?? asked.rule.name}`);
    },
  });
  const stack = new Stack(new App({ analyticsReporting: false }), 'Any');
  new CfnResource(stack, 'Resource', { type: 'AWS::S3::Bucket' });
  listening.validateScope(stack);
  return rules;
}

/** The ids of all rules of the five packs. */
export const allRules = (): ReadonlySet<string> => new Set(packs().flatMap(rulesOf));
