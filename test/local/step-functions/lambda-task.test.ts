import type { Caller } from '../../../local/service.ts';
import { callFunction, invokeFunction } from '../../../local/step-functions/index.ts';

const caller: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/workflow/states', accountId: '123456789012' };
const FunctionName = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const echo = { invoke: async (_caller: Caller, _name: string, event: unknown) => ({ answer: JSON.stringify(event) }) };
const payloadOf = async (Payload: unknown): Promise<unknown> =>
  ((await invokeFunction(echo)({ FunctionName, Payload }, caller)) as { readonly Payload: unknown }).Payload;

it.each([
  ['"text"', 'text'],
  ['0', 0],
  ['{"a":1}', { a: 1 }],
  ['no JSON', 'no JSON'],
  [{ a: '1' }, { a: '1' }],
  [undefined, {}],
])('the integration hands a Payload over as JSON, %p as %p', async (given, handed) => {
  expect(await payloadOf(given)).toEqual(handed);
});

it('the integration answers with the version and the status, a function by its ARN with its answer alone', async () => {
  expect(await invokeFunction(echo as never)({ FunctionName, Payload: { a: 1 } }, caller)).toEqual({
    ExecutedVersion: '$LATEST',
    Payload: { a: 1 },
    StatusCode: 200,
  });
  expect(await callFunction(echo as never)({ FunctionName, Payload: '1' }, caller)).toBe('1');
});
