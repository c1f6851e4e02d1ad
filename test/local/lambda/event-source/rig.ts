import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../../local/clock.ts';
import type { Faults } from '../../../../local/faults/faults.ts';
import { EventSourceMappings, type MappingSettings } from '../../../../local/lambda/event-source/index.ts';
import type { QueueMappingSettings } from '../../../../local/lambda/queue-source/index.ts';
import { ServiceError, type Caller, type LogEvent } from '../../../../local/service.ts';
import { arnOf, SqsRig } from '../../sqs/rig.ts';
import { arn as STREAM, kinesis, start } from '../../kinesis/rig.ts';

export { start, STREAM };
export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:process';
export const ROLE = 'arn:aws:iam::123456789012:role/process';
export const UUID = '11111111-2222-4333-8444-555555555555';
export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:discarded';
export const CALLER: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/process/awslambda', accountId: '123456789012' };

export interface KinesisEvent {
  readonly Records: readonly {
    readonly kinesis: { readonly data: string; readonly sequenceNumber: string; readonly partitionKey: string };
    readonly eventID: string;
  }[];
  readonly window?: { readonly start: string; readonly end: string };
  readonly state?: unknown;
  readonly isFinalInvokeForWindow?: boolean;
  readonly isWindowTerminatedEarly?: boolean;
}

/** Payloads of an event's records. */
export const textsOf = ({ Records }: KinesisEvent): string[] =>
  Records.map(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString());

export const SETTINGS: MappingSettings = {
  uuid: UUID,
  arn: `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${UUID}`,
  streamArn: STREAM,
  functionArn: FUNCTION,
  start: { type: 'TRIM_HORIZON' },
  enabled: true,
  batchSize: 100,
  batchingWindow: 0,
  parallelizationFactor: 1,
  maximumRetryAttempts: -1,
  maximumRecordAge: -1,
  bisects: false,
  reportsItems: false,
  tumblingWindow: 0,
};

export const QUEUE_SETTINGS: QueueMappingSettings = {
  uuid: UUID,
  arn: SETTINGS.arn,
  queueArn: arnOf('orders'),
  functionArn: FUNCTION,
  enabled: true,
  batchSize: 10,
  batchingWindow: 0,
  reportsItems: false,
};

interface RigProps {
  readonly settings?: Partial<MappingSettings>;
  /** What the function does: what it throws fails its invocation. */
  readonly handler?: (event: KinesisEvent) => unknown;
  readonly shardCount?: number;
  readonly keyArn?: string;
  readonly maxRecordKib?: number;
  /** Seconds that the function may take. */
  readonly timeout?: number;
  /** Actions that the function's role may not do; may grow. */
  readonly denied?: string[];
  readonly faults?: Faults;
  readonly clock?: SimulatedClock;
  readonly folder?: string;
}

/** A stream, queues, a function, and the mappings between them that `open` and `openQueue` make. */
export function rig({
  settings,
  handler = () => undefined,
  denied = [],
  timeout = 3,
  faults,
  folder = mkdtempSync(path.join(tmpdir(), 'esm-')),
  ...stream
}: RigProps = {}) {
  const clock = stream.clock ?? new SimulatedClock(start);
  const source = kinesis({
    shardCount: 1,
    ...stream,
    clock,
    denied,
    folder: path.join(folder, 'streams'),
    ...(faults && { faults }),
  });
  const events: KinesisEvent[] = [];
  const times: number[] = [];
  const lines: LogEvent[] = [];
  const measured: { readonly dimensions: object; readonly values: Readonly<Record<string, number>> }[] = [];
  const notices: { readonly topicArn: string; readonly message: string }[] = [];
  const objects: { readonly bucket: string; readonly key: string; readonly body: string }[] = [];
  const check = (_caller: unknown, action: string): void => {
    if (denied.includes(action)) throw new ServiceError('AccessDeniedException', `not authorized to perform: ${action}`);
  };
  const sqs = new SqsRig({
    clock,
    check: (sender, action) => {
      if (sender === CALLER) check(sender, action);
    },
  });
  const chains: (number | undefined)[] = [];
  const mappings = new EventSourceMappings({
    clock,
    access: { check },
    region: 'us-east-1',
    kinesis: source.service,
    queues: sqs.queues,
    lambda: {
      has: (arn) => arn === FUNCTION || arn === `${FUNCTION}:live`,
      roleOf: () => ROLE,
      checkInvoke: () => undefined,
      enqueue: () => undefined,
      strangeRuntime: () => undefined,
      timeoutOf: () => timeout,
      versionOf: (arn) => (arn === FUNCTION ? '$LATEST' : '3'),
      invokeMapped: async (_arn, event, _requestId, chain) => {
        chains.push(chain);
        const seen = structuredClone(event) as KinesisEvent;
        events.push(seen);
        times.push(clock.now() - start);
        try {
          return { answer: JSON.stringify((await handler(seen)) ?? null) };
        } catch (error) {
          return { errorType: 'Error', errorMessage: String(error) };
        }
      },
    },
    measure: (_namespace, dimensions, values) => measured.push({ dimensions, values }),
    onLog: (line) => lines.push(line),
    assume: () => CALLER,
    topics: {
      publish: (publisher, { topicArn, message }) => {
        check(publisher, 'sns:Publish');
        notices.push({ topicArn, message });
        return { messageId: 'id' };
      },
    },
    objects: {
      putObject: async (caller, bucket, key, body) => {
        check(caller, 's3:PutObject');
        objects.push({ bucket, key, body: body.toString() });
      },
    },
  });
  return {
    ...source,
    clock,
    folder,
    mappings,
    sqs,
    chains,
    events,
    times,
    lines,
    measured,
    notices,
    objects,
    denied,
    open: (more: Partial<MappingSettings> = {}) => mappings.create({ ...SETTINGS, ...settings, ...more }),
    openQueue: (more: Partial<QueueMappingSettings> = {}) => mappings.createForQueue({ ...QUEUE_SETTINGS, ...more }),
    put: (text: string, key = 'k') => source.stream.put(key, Buffer.from(text)),
    /** Payloads of each event, in order. */
    batches: () => events.map(textsOf),
    /** What the topic was told. */
    told: () => notices.map(({ message }) => JSON.parse(message) as Told),
  };
}

/** As a destination is told. */
export interface Told {
  readonly requestContext: { readonly requestId: string; readonly condition: string; readonly approximateInvokeCount: number };
  readonly responseContext?: object;
  readonly KinesisBatchInfo: { readonly batchSize: number; readonly startSequenceNumber: string; readonly shardId: string };
}
