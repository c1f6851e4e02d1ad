import { EventEmitter } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { EventQueue } from '../../../local/lambda/event-queue.ts';
import { DEFAULT_EVENTS, type EventSettings } from '../../../local/lambda/event-settings.ts';
import { chainLength } from '../../../local/lambda/lineage.ts';
import type { EndedEvent } from '../../../local/lambda/invocation-record.ts';
import { Lambda, type FunctionSettings } from '../../../local/lambda/lambda.ts';
import { ServiceError, type Caller, type LogEvent } from '../../../local/service.ts';

export const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:echo';
export const CALLER: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/delivery/s', accountId: '123456789012' };
/** Seconds that a function has where nothing else is said: no busy machine is to be taken for a function that lasts. */
export const LONG = 60;

/** A Lambda with one function of this code. @param allowed What may be invoked. `log` tells each line that is written, as `line` */
export function deployed(
  code: string,
  settings: Partial<FunctionSettings> = {},
  allowed: readonly string[] = [ARN],
  onSession: () => void = () => undefined,
) {
  const folder = mkdtempSync(path.join(tmpdir(), 'lambda-'));
  writeFileSync(path.join(folder, 'index.mjs'), code);
  const lines: LogEvent[] = [];
  const log = new EventEmitter();
  const measured: { readonly dimensions: object; readonly values: Readonly<Record<string, number>> }[] = [];
  const taken: string[] = [];
  const service = new Lambda({
    clock: new SimulatedClock(Date.UTC(2001, 0, 1)),
    access: {
      check: (_caller, action, resource) => {
        if (action.startsWith('logs:') ? settings.roleArn === action : !allowed.includes(resource))
          throw new ServiceError('AccessDeniedException', `not authorized to perform: ${action} on resource: ${resource}`);
      },
    },
    checkService: ({ service: caller }, action, resource) => {
      if (!allowed.includes(caller))
        throw new ServiceError('AccessDeniedException', `${caller} may not perform ${action} on ${resource}`);
    },
    topics: { publish: () => ({ messageId: '' }) },
    queues: { check: () => undefined, send: () => ({ id: '' }) },
    objects: {
      putObject: async () => {
        throw new Error('nothing is put here');
      },
    },
    region: 'us-east-1',
    measure: (_namespace, dimensions, values) => measured.push({ dimensions, values }),
    takeLine: (line) => taken.push(line),
    onLog: (line) => {
      lines.push(line);
      log.emit('line');
    },
    session: () => {
      onSession();
      return {
        caller: CALLER,
        credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' },
      };
    },
    endpoint: 'http://127.0.0.1:1',
    answers: { host: 'answers.invalid', address: 'http://127.0.0.1:1' },
  });
  service.createFunction({
    name: 'echo',
    arn: ARN,
    roleArn: 'r',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code: folder,
    layers: [],
    environment: {},
    timeout: LONG,
    ...settings,
  });
  return { service, lines, log, measured, taken };
}

/** A queue for one function, which fails as often as is said; what it got and when, what was measured, and what was logged. */
export function queueOf(failures = 0, begin = 0, settings: Partial<EventSettings> = {}) {
  const clock = new SimulatedClock(begin);
  const given: { readonly at: number; readonly event: unknown }[] = [];
  const measured: Readonly<Record<string, number>>[] = [];
  const lines: string[] = [];
  const ended: EndedEvent[] = [];
  const chains: number[] = [];
  const queue = new EventQueue({
    clock,
    onLog: ({ message }) => lines.push(message),
    run: async (_arn, event) => {
      given.push({ at: clock.now(), event });
      return given.length > failures ? { answer: 'null' } : { errorType: 'Error', errorMessage: 'no' };
    },
    measure: (_arn, values) => measured.push(values),
    settingsOf: () => ({ ...DEFAULT_EVENTS, ...settings }),
    ended: async (_arn, event) => {
      ended.push(event);
      chains.push(chainLength());
    },
  });
  return { clock, queue, given, measured, lines, ended, chains };
}
