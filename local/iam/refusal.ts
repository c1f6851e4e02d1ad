import { POLICY_NAMES, type Authorization, type PolicyKind } from '../../core/aws/iam/index.ts';
import { ServiceError } from '../service.ts';

/** Services that refuse with `AccessDenied` and HTTP 403; the others answer `AccessDeniedException` and 400. */
const ACCESS_DENIED = new Set(['s3', 'sts', 'iam', 'sqs', 'cloudwatch']);

/** Kinds of policies whose ARN AWS tells, where they have one. */
const TOLD: readonly PolicyKind[] = ['identity', 'boundary', 'session'];

/** A refusal in the words of the service that refuses. */
export interface Refusal {
  readonly callerArn: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
}

/** What a service answers to a caller whose policies do not allow an action. */
export function refusal({ callerArn, action, resource, reason }: Refusal): ServiceError {
  const service = action.slice(0, action.indexOf(':'));
  const named = service === 's3' ? `"${resource}"` : resource;
  const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${named} ${reason}`;
  return ACCESS_DENIED.has(service)
    ? new ServiceError('AccessDenied', message, 403)
    : new ServiceError('AccessDeniedException', message);
}

/**
 * Why a request was denied, in AWS's words: one kind of policies is told, and of one that denies the ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @see https://aws.amazon.com/blogs/security/enhanced-access-denied-error-messages-with-policy-arns
 */
export function reasonOf({ by, silent }: Authorization, action: string): string {
  if (by === undefined) return `because no ${POLICY_NAMES[silent[0] ?? 'identity']} allows the ${action} action`;
  const article = by.kind === 'identity' ? 'an' : 'a';
  const arn = TOLD.includes(by.kind) && by.policy.startsWith('arn:') ? `: ${by.policy}` : '';
  return `with an explicit deny in ${article} ${POLICY_NAMES[by.kind]}${arn}`;
}
