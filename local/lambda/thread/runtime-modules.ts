/** Lambda's runtimes bring the AWS SDK along: code that does not hold it finds that of the project, where the project has it. */
export const RUNTIME_MODULES = `
const Module = require('node:module');

const find = Module._resolveFilename;
Module._resolveFilename = function resolve(name, ...rest) {
  try {
    return find.call(this, name, ...rest);
  } catch (error) {
    const [brought] = /^@(?:aws-sdk|smithy)\\/[^/]+/.exec(name) ?? [];
    if (brought === undefined || error.code !== 'MODULE_NOT_FOUND') throw error;
    for (const place of workerData.projects) {
      try {
        return find.call(this, name, { id: place, filename: place, paths: Module._nodeModulePaths(place) });
      } catch {
        // the next may have it
      }
    }
    error.message = "Cannot find module '" + name + "': Lambda brings it along, and here the project has to: npm install --save-dev " + brought;
    throw error;
  }
};
`;
