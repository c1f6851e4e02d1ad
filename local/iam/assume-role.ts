import {
  MalformedPolicyDocument,
  parsePolicyDocument,
  type Named,
  type PolicyDocument,
  type RequestContext,
} from '../../core/aws/iam/index.ts';
import { ServiceError } from '../service.ts';
import type { Iam } from './iam.ts';

/** What AssumeRole takes. */
export interface AssumeRoleInput {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly externalId?: string;
  /** @default 3600 */
  readonly durationSeconds?: number;
  /** A session policy, as JSON. @default - none */
  readonly policy?: string;
  /** Managed policies that limit the session. @default - none */
  readonly policyArns?: readonly string[];
  /** Session tags. @default - none */
  readonly tags?: readonly (readonly [string, string])[];
  /** Keys of tags that sessions begun by this one inherit. @default - none */
  readonly transitiveTagKeys?: readonly string[];
  /** @default - that of the calling session, where it has one */
  readonly sourceIdentity?: string;
}

/** Seconds. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const MAXIMUM_SECONDS = 43_200;
const MINIMUM_SECONDS = 900;
/** The longest session of a role assumed by a role. */
const CHAINED_SECONDS = 3_600;
/** Characters of a session policy and the ARNs passed with it, ARNs passed, tags, and characters of a tag's key and value. */
const LIMITS = { policy: 2048, arns: 10, tags: 50, key: 128, value: 256 } as const;

const ARN_LENGTH = 20;
/** A partition, a service and a resource; what the rest says is asked of the role. */
const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s;
const SHORTEST = 2;
const NAME = { pattern: '[\\w+=,.@-]*', longest: 64 } as const;
const EXTERNAL_ID = { pattern: '[\\w+=,.@:\\/-]*', longest: 1224 } as const;

const invalid = (message: string): ServiceError => new ServiceError('ValidationError', message);

/** Refuses what STS refuses before it asks any policy. @throws ServiceError ValidationError, InvalidParameterValue */
export function checkShape(input: AssumeRoleInput): void {
  const { roleArn, roleSessionName, externalId, sourceIdentity, policyArns = [], tags = [], transitiveTagKeys = [] } = input;
  if (roleArn.length < ARN_LENGTH)
    throw invalid(constraint('roleArn', roleArn, `Member must have length greater than or equal to ${ARN_LENGTH}`));
  checkText('roleSessionName', roleSessionName, NAME);
  if (sourceIdentity !== undefined) checkText('sourceIdentity', sourceIdentity, NAME);
  if (externalId !== undefined) checkText('externalId', externalId, EXTERNAL_ID);
  checkSeconds(input.durationSeconds);
  if (tags.length > LIMITS.tags) throw invalid(`'tags' must have length less than or equal to ${LIMITS.tags}`);
  for (const [key, value] of tags) {
    if (key === '' || key.length > LIMITS.key || value.length > LIMITS.value)
      throw invalid(`'tags' must have keys of 1 to ${LIMITS.key} characters and values of at most ${LIMITS.value}`);
  }
  if ([input.policy ?? '', ...policyArns].join('').length > LIMITS.policy)
    throw invalid(`'policy' and 'policyArns' must have at most ${LIMITS.policy} characters together`);
  if (policyArns.length > LIMITS.arns) throw invalid(`'policyArns' must have length less than or equal to ${LIMITS.arns}`);
  if (!ARN.test(roleArn)) throw invalid(`${roleArn} is invalid`);
  const keys = tags.map(([key]) => key.toLowerCase());
  if (new Set(keys).size < keys.length)
    throw new ServiceError('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  const stranger = transitiveTagKeys.find((key) => !keys.includes(key.toLowerCase()));
  if (stranger !== undefined)
    throw new ServiceError('InvalidParameterValue', 'The specified transitive tag key must be included in the requested tags.');
}

/** What STS says of a member that is not as its API reference has it. */
const constraint = (member: string, value: string, rule: string): string =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`;

function checkText(
  member: string,
  text: string,
  { pattern, longest }: { readonly pattern: string; readonly longest: number },
): void {
  if (!new RegExp(`^${pattern}$`).test(text))
    throw invalid(constraint(member, text, `Member must satisfy regular expression pattern: ${pattern}`));
  if (text.length < SHORTEST)
    throw invalid(constraint(member, text, `Member must have length greater than or equal to ${SHORTEST}`));
  if (text.length > longest) throw invalid(constraint(member, text, `Member must have length less than or equal to ${longest}`));
}

function checkSeconds(seconds: number | undefined): void {
  if (seconds === undefined) return;
  const least = !Number.isInteger(seconds) || seconds < MINIMUM_SECONDS;
  if (!least && seconds <= MAXIMUM_SECONDS) return;
  const rule = least ? `greater than or equal to ${MINIMUM_SECONDS}` : `less than or equal to ${MAXIMUM_SECONDS}`;
  throw invalid(constraint('durationSeconds', String(seconds), `Member must have value ${rule}`));
}

/** What a role allows of a duration, once it is known who asks for which. @throws ServiceError ValidationError */
export function checkDuration(seconds: number, { longest, chained }: { longest: number; chained: boolean }): void {
  if (chained && seconds > CHAINED_SECONDS)
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  if (seconds > longest) throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
}

/**
 * The policies that limit a session; undefined where none was passed.
 *
 * @throws ServiceError MalformedPolicyDocument, ValidationError for a policy that is not there
 */
export function sessionPolicies(
  { policy, policyArns = [] }: AssumeRoleInput,
  iam: Iam,
): readonly Named<PolicyDocument>[] | undefined {
  if (policy === undefined && policyArns.length === 0) return undefined;
  const managed = policyArns.map((arn) => {
    const found = iam.managedPolicy(arn);
    if (found === undefined) throw invalid(`The policy ${arn} does not exist`);
    return found;
  });
  return policy === undefined ? managed : [{ name: 'inline', document: parseInline(policy) }, ...managed];
}

function parseInline(text: string): PolicyDocument {
  try {
    return parsePolicyDocument(JSON.parse(text));
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw new ServiceError('MalformedPolicyDocument', error.message);
    if (error instanceof SyntaxError) throw new ServiceError('MalformedPolicyDocument', 'This policy contains invalid Json');
    throw error;
  }
}

/** What the request says to the role's trust policy. */
export function requestContext({
  roleSessionName,
  externalId,
  sourceIdentity,
  tags = [],
  transitiveTagKeys = [],
}: AssumeRoleInput): RequestContext {
  return {
    'sts:RoleSessionName': roleSessionName,
    ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
    ...(sourceIdentity === undefined ? {} : { 'sts:SourceIdentity': sourceIdentity }),
    ...(tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(([key]) => key) }),
    ...(transitiveTagKeys.length === 0 ? {} : { 'sts:TransitiveTagKeys': transitiveTagKeys }),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  };
}
