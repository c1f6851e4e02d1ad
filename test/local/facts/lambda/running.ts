import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ARN, CALLER, deployed } from '../../lambda/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { withFunction } from './with-function.ts';

const RESET =
  'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-invoke-with-errors';

/** What a function answers, and what becomes of one that fails. */
export const lambdaRunning: FactTable = {
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
  ],
};
