import { Command } from 'commander';
import { addReplay } from '../../../cli/commands/replay.ts';

test.each([
  [['foo'], "error: command-argument value 'foo' is invalid for argument 'source'. Allowed choices are quarantine, raw."],
  [['raw', '--from', '2026-01-31'], "error: required option '--dataset <name>' not specified"],
  [['raw', '--dataset', 'orders', '--from', '2026-01-31'], "error: required option '--to <day>' not specified"],
])('fails for replay %j', async (args, message) => {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  const quiet = (): void => undefined;
  addReplay(program, { line: quiet, step: async () => undefined, detail: quiet, done: quiet, failed: quiet });
  await expect(program.parseAsync(['replay', ...args], { from: 'user' })).rejects.toThrow(message);
});
