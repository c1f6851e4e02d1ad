import { ANSWERS } from './answers.ts';
import { HANDLER_STYLES } from './handler-styles.ts';
import { INVOCATIONS } from './invocations.ts';
import { LAYERS } from './layers.ts';
import { RUNTIME_MODULES } from './runtime-modules.ts';

/**
 * What a function's thread runs before its handler. It is text, so that the thread needs neither a TypeScript loader nor a file beside the
 * bundle. What is changed of Node's modules is changed before anybody imports them.
 */
export const BOOTSTRAP = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
${LAYERS}${ANSWERS}${RUNTIME_MODULES}
Module.syncBuiltinESMExports();
${HANDLER_STYLES}${INVOCATIONS}`;
