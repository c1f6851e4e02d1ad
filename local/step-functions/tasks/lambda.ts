import { Members, isRecord } from '../../input.ts';
import { causeOf } from '../../java-cause.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import { ServiceError, type Caller } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import type { Task } from './task.ts';

type Invoker = Pick<Lambda, 'invoke'>;

/** The integration. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const invokeFunction =
  (lambda: Invoker): Task =>
  async (input, caller) => {
    const asked = isRecord(input) ? { ...input, Payload: unwrapped(input.Payload) } : input;
    return { ExecutedVersion: '$LATEST', Payload: await payloadOf(lambda, asked, caller), StatusCode: 200 };
  };

/** A text that is JSON is handed on as what it says. */
function unwrapped(payload: unknown): unknown {
  try {
    return typeof payload === 'string' ? (JSON.parse(payload) as unknown) : payload;
  } catch {
    return payload;
  }
}

/** A function as a task's resource: its answer is the result. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const callFunction =
  (lambda: Invoker): Task =>
  (input, caller) =>
    payloadOf(lambda, input, caller);

async function payloadOf(lambda: Invoker, raw: unknown, caller: Caller): Promise<unknown> {
  const refuse = (message: string) => new StatesError('States.Runtime', message);
  const input = new Members(isRecord(raw) ? raw : {}, refuse).only(['FunctionName', 'Payload']);
  const outcome = await lambda
    .invoke(caller, input.text('FunctionName'), input.has('Payload') ? input.raw('Payload') : {})
    .catch(refused);
  if ('answer' in outcome) return JSON.parse(outcome.answer || 'null') as unknown;
  throw new StatesError(outcome.errorType, JSON.stringify(outcome));
}

/** What Lambda refuses itself, in the name that Java's SDK gives it. */
function refused(error: unknown): never {
  if (!(error instanceof ServiceError)) throw error;
  const modeled = error.code.endsWith('Exception') && error.code !== 'AccessDeniedException';
  throw new StatesError(`Lambda.${modeled ? error.code : 'AWSLambdaException'}`, causeOf('AWSLambda', error));
}
