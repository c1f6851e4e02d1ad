/** Console lines go to the function's log group; each message is an invocation, and is answered. */
export const INVOCATIONS = `
const { format } = require('node:util');

for (const level of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
  console[level] = (...parts) => parentPort.postMessage({ log: format(...parts) });
}

const textOf = (thrown) => {
  try {
    return String(thrown);
  } catch {
    return 'what was thrown has no text';
  }
};
const failure = (error) => ({
  errorType: error instanceof Error ? error.name : typeof error,
  errorMessage: error instanceof Error ? error.message : textOf(error),
  trace: error instanceof Error ? String(error.stack).split('\\n') : [],
});
const handler = import(pathToFileURL(workerData.file).href).then((loaded) => {
  const found = loaded[workerData.exported] ?? loaded.default?.[workerData.exported];
  if (typeof found !== 'function') throw new Error('the bundle exports no handler named ' + workerData.exported);
  refuseCallbacks(found);
  return found;
});
handler.catch(() => undefined); // told with the first invocation

parentPort.on('message', async ({ event, context, trace, deadline }) => {
  if (trace === undefined) delete process.env._X_AMZN_TRACE_ID;
  else process.env._X_AMZN_TRACE_ID = trace;
  let started = false;
  try {
    const run = await handler;
    started = true;
    const answer = await answerOf(run, event, { ...context, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) });
    parentPort.postMessage({ answer: JSON.stringify(answer) ?? 'null' });
  } catch (error) {
    parentPort.postMessage({ failure: failure(error), started });
  }
});
`;
