/**
 * How a handler answers: by a promise, and before Node.js 24 by its callback or its context, too; whatever comes first counts. A callback's result
 * waits until the event loop is empty, unless the context says otherwise; where the loop is empty before an answer, there is none.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export const HANDLER_STYLES = `
const TAKES_CALLBACK = 3;
const takesPromisesAlone = Number(/^nodejs(\\d+)/.exec(workerData.runtime)?.[1] ?? 0) >= 24;
const named = (name, words) => Object.assign(new Error(words), { name });
const refuseCallbacks = (run) => {
  if (!takesPromisesAlone || run.length < TAKES_CALLBACK) return;
  throw named('Runtime.CallbackHandlerDeprecated', 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.');
};
const neverSettled = () => named('Runtime.NodeJsExit', 'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes');

let whenIdle;
process.on('beforeExit', () => {
  parentPort.ref();
  whenIdle?.();
});
const answerOf = (run, event, context) =>
  new Promise((resolve, reject) => {
    let answered = false;
    const settle = (error, result) => {
      if (answered) return;
      answered = true;
      whenIdle = undefined;
      parentPort.ref();
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const fail = (error) => settle(error ?? 'handled');
    let called = false;
    const callback = (error, result) => {
      if (called || answered) return; // a late one of an invocation that is over is nobody's
      called = true;
      if ((error ?? undefined) !== undefined || !told.callbackWaitsForEmptyEventLoop) settle(error, result);
      else whenIdle = () => settle(undefined, result);
    };
    const ways = { callbackWaitsForEmptyEventLoop: true, done: settle, succeed: (result) => settle(undefined, result), fail };
    const told = takesPromisesAlone ? context : Object.assign(context, ways);
    let returned;
    try {
      returned = takesPromisesAlone ? run(event, told) : run(event, told, callback);
    } catch (error) {
      fail(error);
      return;
    }
    const isPromise = typeof returned?.then === 'function';
    if (isPromise) returned.then(ways.succeed, fail);
    else if (takesPromisesAlone) settle(undefined, returned);
    if (answered) return;
    whenIdle ??= () => (isPromise ? settle(neverSettled()) : settle());
    parentPort.unref(); // from now on what keeps the thread alive is the function's own
  });
`;
