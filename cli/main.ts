#!/usr/bin/env node
import { ProcessOut } from './output.ts';
import { runCommand } from './run-command.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(); // who reads has seen enough, as `| head` has: what was found before still counts
});
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // the pinned SDK still supports Node 20

await runCommand(process.argv.slice(2), new ProcessOut(), (code) => {
  process.exitCode = code;
});
