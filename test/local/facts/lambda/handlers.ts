import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeInlineCode } from '../../../../local/lambda/inline-code.ts';
import type { FactTable } from '../fact.ts';
import { withFunction } from './with-function.ts';

const HANDLERS = 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback';
const RUNTIME_CLIENT = 'https://github.com/aws/aws-lambda-nodejs-runtime-interface-client';

/** How handlers in Node.js may answer, and code that stands in a template. */
export const lambdaHandlers: FactTable = {
  service: 'Lambda',
  facts: [
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
