import * as z from 'zod';
import { CommandError } from '../command-error.ts';
import { post, type Caller } from '../local/signed-request.ts';

const refusal = z.object({ message: z.string() });
const functionError = z.object({ errorType: z.string(), errorMessage: z.string() });

/** Invokes a function and waits for its answer. @throws {@link CommandError} by the service's code, or by the name of the error that the function threw */
export async function invokeFunction(caller: Caller, name: string, input: object): Promise<unknown> {
  const { status, headers, text } = await post(caller, {
    service: 'lambda',
    path: `/2015-03-31/functions/${name}/invocations`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const answer: unknown = JSON.parse(text);
  if (status !== 200) throw new CommandError(String(headers['x-amzn-errortype'] ?? status), refusal.parse(answer).message);
  if (headers['x-amz-function-error'] === undefined) return answer;
  const { errorType, errorMessage } = functionError.parse(answer);
  throw new CommandError(errorType, errorMessage);
}
