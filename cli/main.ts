#!/usr/bin/env node
import { Command } from 'commander';
import { addDemo } from './commands/demo.ts';
import { addQuery } from './commands/query.ts';
import { ProcessOut } from './output.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // the pinned SDK still supports Node 20

const out = new ProcessOut();
const program = new Command('headwaters')
  .description('A data platform for AWS from data contracts, and the same templates on this machine.')
  .showHelpAfterError();
const fail = (code: number) => {
  process.exitCode = code;
};
addDemo(program, out, fail);
addQuery(program, out);

try {
  await program.parseAsync();
} catch (error) {
  out.failed();
  const known = error instanceof Error && 'code' in error;
  process.stderr.write(`${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  fail(1);
}
