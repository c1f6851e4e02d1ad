/** What a rule found in a template: one rule, one resource. */
export interface Finding {
  /** As cdk-nag writes it: `AwsSolutions-S1`, `AwsSolutions-IAM5[Resource::arn:…]`. */
  readonly id: string;
  readonly stack: string;
  /** Logical id in the stack's template. */
  readonly resource: string;
  readonly level: 'error' | 'warning';
  /** What is wrong, in the rule's words. */
  readonly says: string;
  /** The rule failed and did not judge: nobody can know what it would have found, so nothing excepts it. */
  readonly isUnjudged: boolean;
}

/** The rule of a finding: its id without what was found. */
export const ruleOf = (id: string): string => id.split('[', 1)[0] ?? id;

/** Rules that one pack numbers and the others name: the same question, on the same property. */
const NUMBERED: Readonly<Record<string, string>> = { SMG4: 'SecretsManagerRotationEnabled' };

/** What a rule asks, whichever pack carries it: `LambdaDLQ` of `HIPAA.Security-LambdaDLQ`. No pack's name has a hyphen. */
export function subjectOf(id: string): string {
  const name = ruleOf(id).slice(ruleOf(id).indexOf('-') + 1);
  return NUMBERED[name] ?? name;
}
