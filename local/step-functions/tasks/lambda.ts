import { Members, isRecord } from '../../input.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import { ServiceError } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import { causeOf } from './sdk.ts';
import type { Task } from './task.ts';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const invokeFunction =
  (lambda: Pick<Lambda, 'invoke'>): Task =>
  async (raw, caller) => {
    const refuse = (message: string) => new StatesError('States.Runtime', message);
    const input = new Members(isRecord(raw) ? raw : {}, refuse).only(['FunctionName', 'Payload']);
    const outcome = await lambda.invoke(caller, input.text('FunctionName'), input.raw('Payload') ?? {}).catch(refused);
    if ('answer' in outcome) {
      return { ExecutedVersion: '$LATEST', Payload: JSON.parse(outcome.answer || 'null') as unknown, StatusCode: 200 };
    }
    throw new StatesError(outcome.errorType, JSON.stringify(outcome));
  };

/** What Lambda refuses itself, in the name that Java's SDK gives it. */
function refused(error: unknown): never {
  if (!(error instanceof ServiceError)) throw error;
  const modeled = error.code.endsWith('Exception') && error.code !== 'AccessDeniedException';
  throw new StatesError(`Lambda.${modeled ? error.code : 'AWSLambdaException'}`, causeOf('AWSLambda', error));
}
