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

/** The start of what the constructs of one dataset are called. */
const OF_DATASET = 'Datasets';

/** A resource's logical id as every dataset has it: `Datasets<dataset>Stream`, and whose it is. */
export interface Kind {
  readonly name: string;
  /** As logical ids write it: `OrdersDaily`. @default - it is of no dataset */
  readonly dataset?: string;
}

/**
 * What made a resource: the same construct, of whatever dataset, in whatever stack.
 *
 * @param datasets Names of the platform's datasets
 */
export function kindOf(resource: string, datasets: readonly string[]): Kind {
  const id = withoutHash(resource);
  const [dataset] = datasets
    .map(pascalCase)
    .filter((name) => id.startsWith(`${OF_DATASET}${name}`))
    .sort((a, b) => b.length - a.length); // the whole name, where one dataset's begins with another's
  return dataset === undefined
    ? { name: id }
    : { name: `${OF_DATASET}<dataset>${id.slice(`${OF_DATASET}${dataset}`.length)}`, dataset };
}

/**
 * What made a resource that is gone, of a dataset that may be gone too: of the kinds that there are, the one whose name it bears; where one kind's
 * name ends with another's, the longer.
 */
export function goneKindOf(resource: string, kinds: readonly string[]): Kind {
  const id = withoutHash(resource);
  const [found] = kinds
    .map((name) => ({ name, dataset: datasetBetween(id, name.split('<dataset>')) }))
    .filter(({ dataset }) => dataset !== undefined)
    .sort((a, b) => b.name.length - a.name.length);
  return found?.dataset === undefined ? { name: id } : { name: found.name, dataset: found.dataset };
}

function datasetBetween(id: string, [start = '', end]: readonly string[]): string | undefined {
  if (end === undefined || !id.startsWith(start) || !id.endsWith(end)) return undefined;
  const between = id.slice(start.length, id.length - end.length);
  return /^[A-Z]/.test(between) ? between : undefined;
}
