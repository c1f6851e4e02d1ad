/** Reads under `/opt/` go to the layers' folders, a later layer first. */
export const LAYERS = `
const fs = require('node:fs');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

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
`;
