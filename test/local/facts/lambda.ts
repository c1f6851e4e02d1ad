import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FunctionSettings } from '../../../local/lambda/lambda.ts';
import { ARN, CALLER, deployed } from '../lambda/rig.ts';
import type { FactTable } from './fact.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
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
            expect(await invoke({ exit: true })).toMatchObject({ errorType: 'Runtime.ExitError' });
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
      source: 'https://github.com/localstack/lambda-runtime-init/pull/103',
      holds: () =>
        withFunction(
          'export const handler = () => new Promise(() => setInterval(() => {}, 1_000));',
          { timeout: 0.05 },
          async (invoke) => {
            expect(await invoke({})).toEqual({
              errorType: 'Sandbox.Timedout',
              errorMessage: expect.stringContaining('Task timed out after 0.05 seconds') as string,
            });
          },
        ),
    },
    {
      says: 'an answer of more than 6 MB is an error of the function',
      basis: 'documented',
      source: `${GUIDE}/gettingstarted-limits.html#function-configuration-deployment-and-execution`,
      holds: () =>
        withFunction("export const handler = async () => 'x'.repeat(6 * 1024 * 1024);", {}, async (invoke) => {
          expect(await invoke({})).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
        }),
    },
  ],
};
