import { setFlagsFromString } from 'node:v8';

// The translator is 23 MB of WebAssembly of which a query runs a little. What runs often enough is compiled anew to be faster, which takes
// several hundred MB (most on Node 24) and more time than queries here ever win back: with this budget, nothing is.
setFlagsFromString('--wasm-tiering-budget=2000000000');

/** The SQL translator. */
export const { Dialect, generate, parse, transpile } = await import('@polyglot-sql/sdk');
