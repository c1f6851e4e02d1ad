import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { invocationRecord, type EndedEvent } from '../../../local/lambda/invocation-record.ts';
import type { FunctionSettings } from '../../../local/lambda/lambda.ts';
import { traceOf, withTrace } from '../../../local/lambda/lineage.ts';
import { writeInlineCode } from '../../../local/lambda/inline-code.ts';
import { functionEvent } from '../../../local/sns/function-event.ts';
import { ARN, CALLER, deployed, queueOf } from '../lambda/rig.ts';
import type { FactTable } from './fact.ts';
import { recorded } from './recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const HANDLERS = `${GUIDE}/nodejs-handler.html#nodejs-handler-callback`;
const RUNTIME_CLIENT = 'https://github.com/aws/aws-lambda-nodejs-runtime-interface-client';
const RESET = `${GUIDE}/lambda-runtime-environment.html#runtimes-lifecycle-invoke-with-errors`;

type Invoke = (event: object) => Promise<object>;

async function withFunction(code: string, settings: Partial<FunctionSettings>, use: (invoke: Invoke) => Promise<void>) {
  const { service } = deployed(code, settings);
  try {
    await use((event) => service.invoke(CALLER, ARN, event));
  } finally {
    await service.stop();
  }
}

/** What becomes of a function that fails. */
export const lambdaFacts: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'a function that fails while it starts fails its invocation, and the next invocation starts it anew',
      basis: 'documented',
      source: RESET,
      holds: async () => {
        const secret = path.join(mkdtempSync(path.join(tmpdir(), 'secret-')), 'secret');
        const code =
          "import { access } from 'node:fs/promises'; await access(process.env.SECRET); export const handler = async () => 'started';";
        await withFunction(code, { environment: { SECRET: secret } }, async (invoke) => {
          expect(await invoke({})).toMatchObject({ errorType: 'Error' });
          writeFileSync(secret, '');
          expect(await invoke({})).toEqual({ answer: '"started"' });
        });
      },
    },
    {
      says: 'a function that ends its process fails its invocation, and the next invocation finds nothing of what it held',
      basis: 'documented',
      source: RESET,
      holds: () =>
        withFunction(
          'let n = 0; export const handler = async ({ exit }) => (exit ? process.exit(1) : ++n);',
          {},
          async (invoke) => {
            expect(await invoke({})).toEqual({ answer: '1' });
            expect(await invoke({ exit: true })).toEqual({
              errorType: 'Runtime.ExitError',
              errorMessage: expect.stringMatching(
                /^RequestId: [\w-]{36} Error: Runtime exited with error: exit status 1$/,
              ) as string,
            });
            expect(await invoke({})).toEqual({ answer: '1' });
          },
        ),
    },
    {
      says: 'what a function holds between invocations outlives a handler that throws',
      basis: 'documented',
      source: 'https://github.com/aws/aws-lambda-go/blob/v1.54.0/lambda/runtime_api_client.go',
      holds: () =>
        withFunction(
          "let n = 0; export const handler = async ({ bad }) => { n += 1; if (bad) throw new TypeError('no'); return n; };",
          {},
          async (invoke) => {
            expect(await invoke({ bad: true })).toMatchObject({ errorType: 'TypeError' });
            expect(await invoke({})).toEqual({ answer: '2' });
          },
        ),
    },
    {
      says: 'a function that runs longer than its timeout ends with Sandbox.Timedout, and says after how many seconds',
      basis: 'observed',
      source: recorded('lambda_/test_lambda'),
      holds: () =>
        withFunction(
          'export const handler = () => new Promise(() => setInterval(() => {}, 1_000));',
          { timeout: 0.05 },
          async (invoke) => {
            expect(await invoke({})).toEqual({
              errorType: 'Sandbox.Timedout',
              errorMessage: expect.stringMatching(/^RequestId: [\w-]{36} Error: Task timed out after 0\.05 seconds$/) as string,
            });
          },
        ),
    },
    {
      says: 'an answer of 6 MB is taken, one of more than 6,291,556 bytes is an error of the function that names these and not its own size',
      basis: 'observed',
      source: recorded('lambda_/test_lambda'),
      holds: () =>
        withFunction("export const handler = async ({ size }) => 'x'.repeat(size);", {}, async (invoke) => {
          expect(Object.keys(await invoke({ size: 6 * 1024 * 1024 }))).toEqual(['answer']);
          expect(await invoke({ size: 7 * 1024 * 1024 })).toEqual({
            errorType: 'Function.ResponseSizeTooLarge',
            errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
          });
        }),
    },
    {
      says: 'a process that a function ends without an error ended without providing a reason',
      basis: 'observed',
      source: recorded('lambda_/test_lambda'),
      holds: () =>
        withFunction('export const handler = async () => process.exit(0);', {}, async (invoke) => {
          expect(await invoke({})).toEqual({
            errorType: 'Runtime.ExitError',
            errorMessage: expect.stringMatching(
              /^RequestId: [\w-]{36} Error: Runtime exited without providing a reason$/,
            ) as string,
          });
        }),
    },
    {
      says: 'what a handler in Node.js throws is told with its name, its message and the lines of its stack',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_common'),
      holds: () =>
        withFunction("export const handler = async () => { throw new RangeError('no'); };", {}, async (invoke) => {
          const { trace, ...error } = (await invoke({})) as { readonly trace: readonly string[] };
          expect(error).toEqual({ errorType: 'RangeError', errorMessage: 'no' });
          expect(trace[0]).toBe('RangeError: no');
          expect(trace[1]).toMatch(/^ +at handler/);
        }),
    },
    {
      says: 'a function that is not there is not found by the ARN of its $LATEST, where no version is asked for',
      basis: 'observed',
      source: recorded('lambda_/test_lambda'),
      holds: async () => {
        const none = ARN.replace('echo', 'none');
        const { service } = deployed('export const handler = async () => 1;', {}, [none, `${none}:live`]);
        await expect(service.invoke(CALLER, none, {})).rejects.toThrow(`Function not found: ${none}:$LATEST`);
        await expect(service.invoke(CALLER, `${none}:live`, {})).rejects.toThrow(`Function not found: ${none}:live`);
      },
    },
    {
      says: 'an invocation tells the version that ran, of an alias the one that it stands for, and so does the handler’s context',
      basis: 'observed',
      source: recorded('lambda_/test_lambda'),
      holds: async () => {
        const live = `${ARN}:live`;
        const { service } = deployed('export const handler = async (_, { functionVersion }) => functionVersion;', {}, [
          ARN,
          live,
        ]);
        service.qualify(`${ARN}:3`, ARN);
        service.qualify(live, `${ARN}:3`);
        expect([service.versionOf(ARN), service.versionOf(live)]).toEqual(['$LATEST', '3']);
        expect(await service.invoke(CALLER, ARN, {})).toEqual({ answer: '"$LATEST"' });
        expect(await service.invoke(CALLER, live, {})).toEqual({ answer: '"3"' });
        await service.stop();
      },
    },
    {
      says: 'a function that fails gets an asynchronous event again after one minute, and after two more; then the event is dropped',
      basis: 'documented',
      source: `${GUIDE}/invocation-async-error-handling.html`,
      holds: async () => {
        for (const [failures, times] of [
          [0, [0]],
          [1, [0, 60_000]],
          [2, [0, 60_000, 180_000]],
          [3, [0, 60_000, 180_000]],
        ] as const) {
          const { clock, queue, given, lines } = queueOf(failures);
          queue.take(ARN, {});
          await clock.advance(3_600_000);
          expect(given.map(({ at }) => at)).toEqual(times);
          expect(lines).toEqual(
            failures === 3 ? [`${ARN} failed each of 3 times that it got an event: the event is dropped`] : [],
          );
        }
      },
    },
    {
      says: 'an event is given again as often as its function’s configuration says, under one request id',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_destinations'),
      holds: async () => {
        for (const [retries, invocations] of [
          [0, 1],
          [2, 3],
        ] as const) {
          const { clock, queue, ended } = queueOf(9, 0, { retries });
          queue.take(ARN, { raise_error: 1 });
          await clock.advance(3_600_000);
          expect(ended).toMatchObject([{ condition: 'RetriesExhausted', invocations, event: '{"raise_error":1}' }]);
        }
      },
    },
    {
      says: 'an event that would be older than its configuration lets it is not given again: EventAgeExceeded',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_destinations'),
      holds: async () => {
        const { clock, queue, ended } = queueOf(9, 0, { age: 60_000 });
        queue.take(ARN, {});
        await clock.advance(3_600_000);
        expect(ended).toMatchObject([{ condition: 'EventAgeExceeded', invocations: 1 }]);
      },
    },
    {
      says: 'a destination is told of an event that was taken with its request, its answer and the version, and of one that was not with functionError Unhandled',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_destinations'),
      holds: () => {
        const ended = { requestId: 'r', event: '{"raise_error":1}', invocations: 1 };
        const told = (rest: Pick<EndedEvent, 'condition' | 'outcome'>) =>
          invocationRecord({ ...ended, ...rest }, { functionArn: `${ARN}:$LATEST`, executedVersion: '$LATEST', now: 0 });
        const same = { version: '1.0', timestamp: '1970-01-01T00:00:00.000Z', requestPayload: { raise_error: 1 } };
        const requestContext = { requestId: 'r', functionArn: `${ARN}:$LATEST`, approximateInvokeCount: 1 };
        expect(told({ condition: 'Success', outcome: { answer: '{"event":{}}' } })).toEqual({
          ...same,
          requestContext: { ...requestContext, condition: 'Success' },
          responseContext: { statusCode: 200, executedVersion: '$LATEST' },
          responsePayload: { event: {} },
        });
        const failure = { errorType: 'Error', errorMessage: 'intentional failure', trace: ['Error: intentional failure'] };
        expect(told({ condition: 'RetriesExhausted', outcome: failure })).toEqual({
          ...same,
          requestContext: { ...requestContext, condition: 'RetriesExhausted' },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: failure,
        });
      },
    },
    {
      says: 'what waits for a function measures AsyncEventsReceived once, AsyncEventAge in milliseconds at each try, and AsyncEventsDropped at the end',
      basis: 'documented',
      source: `${GUIDE}/monitoring-metrics-types.html#async-invocation-metrics`,
      holds: async () => {
        const { clock, queue, measured } = queueOf(3);
        queue.take(ARN, {});
        await clock.advance(3_600_000);
        expect(measured).toEqual([
          { AsyncEventsReceived: 1 },
          { AsyncEventAge: 0 },
          { AsyncEventAge: 60_000 },
          { AsyncEventAge: 180_000 },
          { AsyncEventsDropped: 1 },
        ]);
      },
    },
    {
      says: 'a function that subscribes to a topic gets one record for each notice, with EventSource aws:sns, and a Subject of null where there is none',
      basis: 'documented',
      source: `${GUIDE}/with-sns.html`,
      holds: () => {
        const topicArn = 'arn:aws:sns:us-east-1:123456789012:news';
        const notice = { topicArn, subject: undefined, message: 'hello', messageId: 'm', time: 0 };
        expect(functionEvent(notice, { subscriptionArn: `${topicArn}:1`, region: 'us-east-1' })).toMatchObject({
          Records: [
            {
              EventSource: 'aws:sns',
              EventVersion: '1.0',
              EventSubscriptionArn: `${topicArn}:1`,
              Sns: {
                Type: 'Notification',
                MessageId: 'm',
                TopicArn: topicArn,
                Subject: null,
                Message: 'hello',
                Timestamp: '1970-01-01T00:00:00.000Z',
                MessageAttributes: {},
              },
            },
          ],
        });
      },
    },
    {
      says: 'before Node.js 24 a handler may answer by its callback, and the function is under way until its event loop is empty',
      basis: 'documented',
      source: HANDLERS,
      holds: () =>
        withFunction(
          `export const handler = ({ wait }, context, callback) => {
             const said = { late: false };
             context.callbackWaitsForEmptyEventLoop = wait;
             setTimeout(() => (said.late = true), 50);
             callback(null, said);
           };`,
          { runtime: 'nodejs22.x' },
          async (invoke) => {
            expect(await invoke({ wait: true })).toEqual({ answer: '{"late":true}' });
            expect(await invoke({ wait: false })).toEqual({ answer: '{"late":false}' });
          },
        ),
    },
    {
      says: 'what a handler gives its callback as an error fails the invocation, as what it gives context.fail does',
      basis: 'documented',
      source: HANDLERS,
      holds: () =>
        withFunction(
          `export const handler = ({ way }, context, callback) => {
             const error = new RangeError('no');
             if (way === 'callback') callback(error);
             else context.fail(error);
           };`,
          { runtime: 'nodejs22.x' },
          async (invoke) => {
            for (const way of ['callback', 'fail'])
              expect(await invoke({ way })).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
          },
        ),
    },
    {
      says: 'what comes first counts: a handler that calls context.done has answered, though its promise is never settled',
      basis: 'documented',
      source: RUNTIME_CLIENT,
      holds: () =>
        withFunction(
          `export const handler = async ({ way }, context) => {
             setTimeout(() => undefined, 600_000);
             if (way === 'done') context.done(null, 'done');
             if (way === 'fail') context.fail();
             await new Promise(() => undefined);
           };`,
          { runtime: 'nodejs22.x' },
          async (invoke) => {
            expect(await invoke({ way: 'done' })).toEqual({ answer: '"done"' });
            expect(await invoke({ way: 'fail' })).toMatchObject({ errorMessage: 'handled' });
          },
        ),
    },
    {
      says: 'a promise that is never settled ends with Runtime.NodeJsExit once nothing keeps the event loop busy, a handler that returns nothing with null',
      basis: 'documented',
      source: RUNTIME_CLIENT,
      holds: async () => {
        await withFunction('export const handler = () => new Promise(() => undefined);', {}, async (invoke) => {
          expect(await invoke({})).toMatchObject({ errorType: 'Runtime.NodeJsExit' });
        });
        await withFunction('export const handler = () => "nobody hears this";', { runtime: 'nodejs22.x' }, async (invoke) => {
          expect(await invoke({})).toEqual({ answer: 'null' });
        });
      },
    },
    {
      says: 'a chain of events that has invoked functions 16 times invokes none again',
      basis: 'documented',
      source: `${GUIDE}/invocation-recursion.html`,
      holds: async () => {
        const { clock, queue, given, lines } = queueOf();
        withTrace(traceOf(15), () => {
          queue.take(ARN, {});
        });
        withTrace(traceOf(16), () => {
          queue.take(ARN, {});
        });
        await clock.advance(1);
        expect(given).toHaveLength(1);
        expect(lines).toEqual([`${ARN} was invoked 16 times by one chain of events: the event is dropped`]);
      },
    },
    {
      says: 'from Node.js 24 on a function whose handler takes a callback does not start',
      basis: 'observed',
      source: 'https://github.com/open-telemetry/opentelemetry-js-contrib/issues/3251',
      holds: () =>
        withFunction(
          'export const handler = (event, context, callback) => callback(null, 1);',
          { runtime: 'nodejs24.x' },
          async (invoke) => {
            expect(await invoke({})).toMatchObject({
              errorType: 'Runtime.CallbackHandlerDeprecated',
              errorMessage: expect.stringMatching(
                /^ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node\.js 24\./,
              ) as string,
            });
          },
        ),
    },
    {
      says: 'code that stands in a template is index.js, of CommonJS, and finds the module cfn-response',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html',
      holds: async () => {
        const folder = writeInlineCode(
          mkdtempSync(path.join(tmpdir(), 'inline-')),
          "const { SUCCESS } = require('cfn-response'); exports.handler = async () => [SUCCESS, require('path').basename(__filename)];",
        );
        await withFunction('', { code: folder }, async (invoke) => {
          expect(await invoke({})).toEqual({ answer: '["SUCCESS","index.js"]' });
        });
      },
    },
  ],
};
