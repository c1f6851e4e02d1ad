import { pascalCase } from '../naming.ts';

/** What a rule found in a template: one rule, one resource. */
export interface Finding {
  /** As cdk-nag writes it: `AwsSolutions-S1`, `AwsSolutions-IAM5[Resource::arn:…]`. */
  readonly id: string;
  readonly stack: string;
  /** Logical id in the stack's template. */
  readonly resource: string;
  /** The resource's type: `AWS::S3::Bucket`. */
  readonly type: string;
  readonly level: 'error' | 'warning';
  /** What is wrong, in the rule's words. */
  readonly says: string;
  /** The rule failed and did not judge: nobody can know what it would have found, so nothing excepts it. */
  readonly isUnjudged: boolean;
}

/** The rule of a finding: its id without what was found. */
export const ruleOf = (id: string): string => id.split('[', 1)[0] ?? id;

/** An action that a policy's wildcard allows: never excepted, as it can always be written out. */
export const isOfAction = (id: string): boolean => /\[Action::/i.test(id);

/** Rules that one pack numbers and the others name: the same question, on the same property. */
const NUMBERED: Readonly<Record<string, string>> = { SMG4: 'SecretsManagerRotationEnabled' };

/** What a rule asks, whichever pack carries it: `LambdaDLQ` of `HIPAA.Security-LambdaDLQ`. No pack's name has a hyphen. */
export function subjectOf(id: string): string {
  const name = ruleOf(id).slice(ruleOf(id).indexOf('-') + 1);
  return NUMBERED[name] ?? name;
}

/** A logical id without the hash of its construct's path. */
export const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/**
 * What a finding is of: a type, made by the same construct. `AWS::Kinesis::Stream Datasets<dataset>Stream` is the stream of whatever dataset, in
 * whatever stack.
 *
 * @param datasets Names of the platform's datasets
 */
export function kindOf({ type, resource }: Pick<Finding, 'type' | 'resource'>, datasets: readonly string[]): string {
  const id = withoutHash(resource);
  const [dataset] = datasets
    .map((name) => `Datasets${pascalCase(name)}`)
    .filter((start) => id.startsWith(start))
    .sort((a, b) => b.length - a.length); // the whole name, where one dataset's begins with another's
  return `${type} ${dataset === undefined ? id : `Datasets<dataset>${id.slice(dataset.length)}`}`;
}
