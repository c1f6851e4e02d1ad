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
      const source = { ...ofSource(sourceArn, accountId), 'aws:SourceOwner': accountId };
      iam.checkService(service, action, resource, { ...source, ...context });
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
