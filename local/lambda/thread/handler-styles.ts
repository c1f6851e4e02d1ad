/**
 * A handler answers by a promise. Before Node.js 24 it may answer by a callback or by its context, too: the function is then under way until nothing
 * keeps its event loop busy, unless it says otherwise, and what it returns is nothing.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
 */
export const HANDLER_STYLES = `
const { setTimeout: sleep } = require('node:timers/promises');

const TAKES_CALLBACK = 3;
const takesPromisesAlone = Number(/^nodejs(\\d+)/.exec(workerData.runtime)?.[1] ?? 0) >= 24;
const refuseCallbacks = (run) => {
  if (!takesPromisesAlone || run.length < TAKES_CALLBACK) return;
  const words = 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';
  throw Object.assign(new Error(words), { name: 'Runtime.CallbackHandlerDeprecated' });
};
/** Waits until nothing but the port to this process keeps the thread alive. */
const idle = async () => {
  while (process.getActiveResourcesInfo().some((kind) => kind !== 'MessagePort')) await sleep(1, undefined, { ref: false });
};
const answerOf = async (run, event, context) => {
  if (takesPromisesAlone) return run(event, context);
  let settle;
  const settled = new Promise((resolve) => (settle = resolve));
  const done = (error, result) => settle({ error: error ?? undefined, result });
  const ways = { callbackWaitsForEmptyEventLoop: true, done, succeed: (result) => done(null, result), fail: done };
  const told = Object.assign(context, ways);
  const returned = run(event, told, done);
  if (typeof returned?.then === 'function') return returned;
  const quiet = idle().then(() => ({}));
  const said = await Promise.race([settled, quiet]);
  if (told.callbackWaitsForEmptyEventLoop) await quiet;
  if (said.error !== undefined) throw said.error;
  return said.result;
};
`;
