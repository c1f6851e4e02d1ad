/** Lengths of what CloudFormation puts in place of an intrinsic: names that it makes are a stack's, a construct's and some letters. */
const LENGTH = { name: 63, arn: 110 } as const;
const PSEUDO: Readonly<Record<string, number>> = {
  'AWS::Partition': 3,
  'AWS::Region': 14,
  'AWS::AccountId': 12,
  'AWS::URLSuffix': 13,
};

/**
 * About how many characters IAM will count in a policy as it stands in a template, intrinsics at the length of what they become.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const policySize = (document: unknown): number => JSON.stringify(asDeployed(document)).length;

function asDeployed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asDeployed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [key, given] = first as [string, unknown];
    if (key === 'Ref') return '-'.repeat(PSEUDO[String(given)] ?? LENGTH.name);
    if (key === 'Fn::GetAtt') return '-'.repeat(LENGTH.arn);
    if (key === 'Fn::ImportValue') return '-'.repeat(String(given).endsWith('Arn') ? LENGTH.arn : LENGTH.name);
    if (key === 'Fn::Join' && Array.isArray(given)) {
      const [separator, parts] = given as [string, readonly unknown[]];
      return parts.map((part) => String(asDeployed(part))).join(separator);
    }
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, asDeployed(inner)]));
}
