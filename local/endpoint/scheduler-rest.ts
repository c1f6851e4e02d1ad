import type { SchedulerService } from '../scheduler/index.ts';
import type { ServiceError, Caller } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { REST_CODES } from './doubt.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { serviceOf } from './rest-protocol.ts';
import type { RequestHead, WireRequest, WireResponse } from './wire.ts';

/** What is served of EventBridge Scheduler. */
export const SCHEDULER_OPERATIONS = ['GetSchedule', 'GetScheduleGroup', 'ListScheduleGroups', 'ListSchedules'] as const;

interface Asked {
  readonly caller: Caller;
  /** Undefined where all are listed. */
  readonly name: string | undefined;
  readonly query: ReadonlyMap<string, string>;
}

/** What a path stands for: the members of its query, and the answer. */
interface Route {
  readonly path: RegExp;
  readonly query: readonly string[];
  readonly answer: (service: SchedulerService, asked: Asked) => object;
}

const PAGED = ['MaxResults', 'NamePrefix', 'NextToken'];
const ROUTES: readonly Route[] = [
  {
    path: /^\/schedules\/([^/]+)$/,
    query: ['groupName'],
    answer: (service, { caller, name = '', query }) => service.getSchedule(caller, name, query.get('groupName')),
  },
  {
    path: /^\/schedules$/,
    query: [...PAGED, 'ScheduleGroup', 'State'],
    answer: (service, { caller, query }) => service.listSchedules(caller, query),
  },
  {
    path: /^\/schedule-groups\/([^/]+)$/,
    query: [],
    answer: (service, { caller, name = '' }) => service.getScheduleGroup(caller, name),
  },
  {
    path: /^\/schedule-groups$/,
    query: PAGED,
    answer: (service, { caller, query }) => service.listScheduleGroups(caller, query),
  },
];

/** EventBridge Scheduler's REST, as far as looking at schedules. @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html */
export class SchedulerRest implements Protocol {
  readonly codes = REST_CODES;

  constructor(private readonly service: SchedulerService) {}

  speaks(head: RequestHead): boolean {
    return serviceOf(head) === 'scheduler';
  }

  async answer({ method, path, query: pairs }: WireRequest, { caller }: Authenticated): Promise<WireResponse> {
    const route = method === 'GET' ? ROUTES.find((one) => one.path.test(path)) : undefined;
    if (route === undefined) throw notImplemented('scheduler', `${method} ${path}`);
    const query = new Map(pairs);
    const stranger = [...query.keys()].find((name) => !route.query.includes(name));
    if (stranger !== undefined) throw notImplemented('scheduler', `${method} ${path} by '${stranger}'`);
    const [, name] = route.path.exec(path) ?? [];
    const found = route.answer(this.service, { caller, query, name: name === undefined ? undefined : decodeURIComponent(name) });
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(found) };
  }

  refuse({ code, message, status }: ServiceError): WireResponse {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
    return { status, headers, body: JSON.stringify({ Message: message }) };
  }
}
