import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults/faults.ts';
import { isRecord } from '../input.ts';
import { ServiceError, type Caller } from '../service.ts';
import type { Outcome } from '../lambda/function-thread.ts';
import { placeOf, type Failure, type Incoming, type Outgoing } from './records.ts';
import type { LambdaStep } from './settings.ts';

/** What became of a batch. Dropped records are in neither list. */
export interface Transformed {
  readonly ok: readonly Outgoing[];
  readonly failed: readonly { readonly record: Incoming; readonly failure: Failure }[];
}

export interface TransformParts {
  readonly step: LambdaStep;
  readonly deliveryStreamArn: string;
  readonly sourceStreamArn: string | undefined;
  readonly region: string;
  readonly now: () => number;
  readonly caller: () => Caller;
  readonly invoke: (caller: Caller, arn: string, event: unknown) => Promise<Outcome>;
  readonly faults: Faults | undefined;
  /** Told of each attempt that came to nothing. */
  readonly onFailure: (errorCode: string, message: string) => void;
}

interface Answered {
  readonly result: 'Ok' | 'Dropped' | 'ProcessingFailed';
  readonly data: string | undefined;
  readonly lambdaKeys: Readonly<Record<string, string>> | undefined;
}

class BrokenAnswer extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Why an attempt came to nothing, in AWS's words. @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html#monitoring-lambda-errors */
const TIMED_OUT = {
  errorCode: 'Lambda.FunctionTimedOut',
  errorMessage: 'The Lambda function invocation timed out. Increase the Timeout setting in the Lambda function.',
};
const functionError = (errorType: string) => ({
  errorCode: 'Lambda.FunctionError',
  errorMessage: `The Lambda function was successfully invoked but it returned an error result: ${errorType}`,
});

/**
 * Sends a batch through the function. An invocation that fails, or whose answer breaks the contract, is tried again; after the last attempt
 * every record of the batch has failed.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html
 */
export async function transform(batch: readonly Incoming[], parts: TransformParts): Promise<Transformed> {
  const event = firehoseEvent(batch, parts);
  let last = { errorCode: '', errorMessage: '' };
  const attempts = parts.step.retries + 1;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const tried = await invokeOnce(batch, event, parts);
    if ('ok' in tried) return tried;
    last = tried;
    parts.onFailure(last.errorCode, last.errorMessage);
  }
  const failure = { ...last, attemptsMade: attempts, ended: parts.now() };
  return { ok: [], failed: batch.map((record) => ({ record, failure })) };
}

async function invokeOnce(
  batch: readonly Incoming[],
  event: object,
  { step, caller, invoke, faults, now }: TransformParts,
): Promise<Transformed | Pick<Failure, 'errorCode' | 'errorMessage'>> {
  const fault = faults?.take('firehose:lambda', { operation: 'lambda:InvokeFunction', resource: step.arn, time: now() });
  if (fault === 'timeout') return TIMED_OUT;
  if (fault === 'error') return functionError('InjectedFault');
  try {
    const outcome = await invoke(caller(), step.arn, event);
    if ('answer' in outcome) return sort(batch, readAnswer(batch, outcome.answer), now());
    return outcome.errorType === 'Sandbox.Timedout' ? TIMED_OUT : functionError(outcome.errorType);
  } catch (error) {
    if (error instanceof BrokenAnswer) return { errorCode: error.code, errorMessage: error.message };
    if (error instanceof ServiceError) return { errorCode: invocationCode(error), errorMessage: error.message };
    throw error;
  }
}

function firehoseEvent(batch: readonly Incoming[], { deliveryStreamArn, sourceStreamArn, region }: TransformParts): object {
  return {
    invocationId: randomUUID(),
    ...(sourceStreamArn !== undefined && { sourceKinesisStreamArn: sourceStreamArn }),
    deliveryStreamArn,
    region,
    records: batch.map(({ recordId, arrival, data, kinesis }) => ({
      recordId,
      approximateArrivalTimestamp: arrival,
      data: data.toString('base64'),
      ...(kinesis && { kinesisRecordMetadata: { ...kinesis, approximateArrivalTimestamp: arrival } }),
    })),
  };
}

/** @throws BrokenAnswer unless each record is answered exactly once */
function readAnswer(batch: readonly Incoming[], text: string): Map<string, Answered> {
  const answer = parsed(text);
  if (!isRecord(answer) || !Array.isArray(answer.records)) {
    throw new BrokenAnswer('Lambda.JsonProcessingException', "The function's answer holds no list 'records'.");
  }
  const answered = new Map<string, Answered>();
  for (const entry of answer.records as unknown[]) {
    const recordId = isRecord(entry) ? entry.recordId : undefined;
    if (!isRecord(entry) || typeof recordId !== 'string')
      throw new BrokenAnswer('Lambda.MissingRecordId', 'A record was answered without its recordId.');
    if (answered.has(recordId))
      throw new BrokenAnswer('Lambda.DuplicatedRecordId', 'Several records were answered with the same recordId.');
    answered.set(recordId, readEntry(entry));
  }
  if (batch.some(({ recordId }) => !answered.has(recordId)) || answered.size !== batch.length) {
    throw new BrokenAnswer('Lambda.MissingRecordId', 'The recordIds of the answer are not those of the request.');
  }
  return answered;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a function may answer nothing at all
  }
}

function readEntry({ result, data, metadata }: Readonly<Record<string, unknown>>): Answered {
  if (result !== 'Ok' && result !== 'Dropped' && result !== 'ProcessingFailed') {
    throw new BrokenAnswer('Lambda.JsonProcessingException', "A record's 'result' is none of Ok, Dropped, ProcessingFailed.");
  }
  if (result === 'Ok' && typeof data !== 'string') {
    throw new BrokenAnswer('Lambda.JsonProcessingException', 'The data field cannot be null when the result is Ok.');
  }
  const keys = isRecord(metadata) && isRecord(metadata.partitionKeys) ? metadata.partitionKeys : undefined;
  return {
    result,
    data: typeof data === 'string' ? data : undefined,
    lambdaKeys:
      keys && Object.fromEntries(Object.entries(keys).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  };
}

function sort(batch: readonly Incoming[], answered: ReadonlyMap<string, Answered>, now: number): Transformed {
  const ok: Outgoing[] = [];
  const failed: { record: Incoming; failure: Failure }[] = [];
  for (const record of batch) {
    const answer = answered.get(record.recordId);
    if (answer?.result === 'Ok') {
      ok.push({
        recordId: record.recordId,
        data: Buffer.from(answer.data ?? '', 'base64'),
        arrival: record.arrival,
        ...(record.kinesis && { place: placeOf(record.kinesis) }),
        ...(answer.lambdaKeys && { lambdaKeys: answer.lambdaKeys }),
      });
    } else if (answer?.result !== 'Dropped') {
      const errorMessage = 'ProcessingFailed status set for record';
      failed.push({ record, failure: { errorCode: 'Lambda.ProcessingFailedStatus', errorMessage, attemptsMade: 1, ended: now } });
    }
  }
  return { ok, failed };
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html#monitoring-lambda-errors */
const INVOCATION_CODES: Readonly<Record<string, string>> = {
  AccessDenied: 'Lambda.AssumeRoleAccessDenied',
  AccessDeniedException: 'Lambda.InvokeAccessDenied',
  ResourceNotFoundException: 'Lambda.ResourceNotFound',
  TooManyRequestsException: 'Lambda.InvokeLimitExceeded',
};

function invocationCode({ code }: ServiceError): string {
  return INVOCATION_CODES[code] ?? `Lambda.${code}`;
}
