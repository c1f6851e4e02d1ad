import type { RequestContext } from '../core/aws/iam/index.ts';
import type { Iam, Sessions } from './iam/index.ts';
import type { Caller, CallingService } from './service.ts';

/** As whom services ask each other. */
export interface Callers {
  /** Asks as a role, or as a service in its own name. @throws ServiceError AccessDeniedException, and what the state of a resource forbids */
  readonly check: (sender: Caller | CallingService, action: string, resource: string, context?: RequestContext) => void;
  /** Takes roles for a service, each for one of its resources. @throws ServiceError where there is no such role, or it does not trust the service */
  readonly roleFor: (service: string, sessionName?: string) => (roleArn: string, sourceArn: string) => Caller;
}

/** Services that tell SNS the owner of what they publish for, by the older name. EventBridge does not, nor does any newer one. @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#source-account-versus-source-owner */
const TELL_OWNER = ['cloudwatch.amazonaws.com'];

export function callers(iam: Iam, sessions: Sessions): Callers {
  const ofSource = (sourceArn: string, accountId: string): RequestContext => ({
    'aws:SourceAccount': accountId,
    'aws:SourceArn': sourceArn,
  });
  return {
    check: (sender, action, resource, context = {}) => {
      if (!('service' in sender)) {
        iam.check(sender, action, resource, context);
        return;
      }
      const { service, sourceArn, accountId } = sender;
      const owner: RequestContext =
        TELL_OWNER.includes(service) && action.startsWith('sns:') ? { 'aws:SourceOwner': accountId } : {};
      iam.checkService(service, action, resource, { ...ofSource(sourceArn, accountId), ...owner, ...context });
    },
    roleFor: (service, sessionName) => (roleArn, sourceArn) =>
      sessions.sessionFor({
        roleArn,
        service,
        context: ofSource(sourceArn, iam.accountId),
        ...(sessionName !== undefined && { sessionName }),
      }),
  };
}
