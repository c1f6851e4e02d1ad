import { PLACE } from '../statements/place.ts';
import type { Request } from '../statements/account.ts';
import type { OnAccess } from '../../../local/iam/index.ts';

/** A request, and the scenario in which it was made. */
export interface Access {
  readonly scenario: string;
  /**
   * `run`: the local runtime asked for it. `interpreted`: a state machine's definition was gone through, and asked for it. `declared`: AWS
   * documents that a service asks for it, and no service does here.
   */
  readonly how: 'run' | 'interpreted' | 'declared';
  readonly request: Request;
}

/** A request that the runtime's own policies decided. */
export interface RecordedAccess extends Access {
  readonly allowed: boolean;
}

/** Keys of a request that change from call to call, and that no statement here speaks of. */
const OF_THE_MOMENT = /^(aws:CurrentTime|aws:EpochTime|aws:TokenIssueTime|aws:userid)$/;

/** Writes down what a platform is asked for, each kind of request once for a scenario. */
export class AccessRecorder {
  readonly accesses: RecordedAccess[] = [];
  private readonly known = new Set<string>();
  private scenario = 'the platform is deployed';

  /** Puts what is asked from now on under a scenario's name. */
  begin(scenario: string): void {
    this.scenario = scenario;
  }

  readonly onAccess: OnAccess = ({ principal, action, resource, resourceAccount, context = {} }, { decision }) => {
    if (resourceAccount !== PLACE.account) return;
    const kept = Object.fromEntries(Object.entries(context).filter(([key]) => !OF_THE_MOMENT.test(key)));
    const who = 'service' in principal ? principal.service : principal.arn;
    const place = resource.replace(/^(arn:aws:s3:::.*)\/[^/]*$/, '$1'); // objects of one prefix are one kind
    const kind = JSON.stringify([this.scenario, who, action, place, decision, kept]);
    if (this.known.has(kind)) return;
    this.known.add(kind);
    const request = { principal, action, resource, context: kept };
    this.accesses.push({ scenario: this.scenario, how: 'run', request, allowed: decision === 'allowed' });
  };
}
