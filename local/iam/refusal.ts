import { ServiceError } from '../service.ts';

/** Services that refuse with `AccessDenied` and HTTP 403; the others answer `AccessDeniedException` and 400. */
const ACCESS_DENIED = new Set(['s3', 'sts', 'iam', 'sqs', 'cloudwatch']);

const serviceOf = (action: string): string => action.slice(0, action.indexOf(':'));

/** A refusal in the words of the service that refuses. */
export interface Refusal {
  readonly callerArn: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
}

/** What a service answers to a caller whose policies do not allow an action. */
export function refusal({ callerArn, action, resource, reason }: Refusal): ServiceError {
  const service = serviceOf(action);
  const named = service === 's3' ? `"${resource}"` : resource;
  const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${named} ${reason}`;
  return ACCESS_DENIED.has(service)
    ? new ServiceError('AccessDenied', message, 403)
    : new ServiceError('AccessDeniedException', message);
}
