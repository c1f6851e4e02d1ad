import type { RequestContext } from '../../core/aws/iam/index.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import type { Caller, CallingService, Keys } from '../service.ts';

/** Who sends: a role, or a service in its own name for one of its resources. */
export type Sender = Caller | CallingService;

/** @throws ServiceError AccessDeniedException, and what the state of a key refuses */
export type CheckSender = (sender: Sender, action: string, resource: string, context?: RequestContext) => void;

/** What queues stand on. */
export interface QueuesParts {
  readonly clock: SimulatedClock;
  readonly accountId: string;
  readonly region: string;
  /** Where the endpoint is: queues' URLs begin with it. */
  readonly endpoint: string;
  readonly check: CheckSender;
  readonly keys: Pick<Keys, 'arnOf'>;
  /** Lets a queue's policy be heard; undefined ends that. @throws ServiceError InvalidAttributeValue */
  readonly setPolicy: (queueArn: string, document: Readonly<Record<string, unknown>> | undefined) => void;
  readonly measure: Measure;
}
