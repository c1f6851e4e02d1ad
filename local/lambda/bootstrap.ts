/**
 * What a function's thread runs before its handler. It is text, so that the thread needs neither a TypeScript loader nor a file beside the
 * bundle. Reads under `/opt/` go to the layers' folders, a later layer first; console lines go to the function's log group.
 */
export const BOOTSTRAP = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');
const { format } = require('node:util');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { syncBuiltinESMExports } = require('node:module');

const exists = fs.existsSync;
const inLayer = (file) => {
  const text = file instanceof URL ? fileURLToPath(file) : file;
  if (typeof text !== 'string' || !(path.resolve(text) + '/').startsWith('/opt/')) return file;
  const places = workerData.layers.map((folder) => path.join(folder, path.resolve(text).slice('/opt'.length))).reverse();
  return places.find((place) => exists(place)) ?? places[0] ?? path.join('/nonexistent', text);
};
const calls = ['access', 'createReadStream', 'exists', 'lstat', 'open', 'opendir', 'readFile', 'readdir', 'realpath', 'stat'];
for (const holder of [fs, fs.promises]) {
  for (const name of calls.flatMap((call) => [call, call + 'Sync'])) {
    const original = holder[name];
    if (typeof original === 'function') holder[name] = Object.assign((file, ...rest) => original.call(holder, inLayer(file), ...rest), original);
  }
}
syncBuiltinESMExports();

for (const level of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
  console[level] = (...parts) => parentPort.postMessage({ log: format(...parts) });
}

const failure = (error) => ({
  errorType: error instanceof Error ? error.name : typeof error,
  errorMessage: error instanceof Error ? error.message : String(error),
  trace: error instanceof Error ? String(error.stack).split('\\n') : [],
});
const handler = import(pathToFileURL(workerData.file).href).then((loaded) => {
  const found = loaded[workerData.exported] ?? loaded.default?.[workerData.exported];
  if (typeof found !== 'function') throw new Error('the bundle exports no handler named ' + workerData.exported);
  return found;
});
handler.catch(() => undefined); // told with the first invocation

parentPort.on('message', async ({ event, context, deadline }) => {
  let started = false;
  try {
    const run = await handler;
    started = true;
    const answer = await run(event, { ...context, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) });
    parentPort.postMessage({ answer: JSON.stringify(answer) ?? 'null' });
  } catch (error) {
    parentPort.postMessage({ failure: failure(error), started });
  }
});
`;
