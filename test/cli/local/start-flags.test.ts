import { Command } from 'commander';
import { addLocalStart } from '../../../cli/commands/local-start.ts';

/** `headwaters local start` with nobody to hear it. */
function start(...args: readonly string[]): Promise<unknown> {
  const program = new Command('local').exitOverride().configureOutput({ writeErr: () => undefined });
  const quiet = (): void => undefined;
  addLocalStart(program, { line: quiet, step: async () => undefined, detail: quiet, done: quiet, failed: quiet });
  return program.parseAsync(['start', ...args], { from: 'user' });
}

test.each(['2027-02-31', 'soon'])('fails when the clock is to begin at %s', async (date) => {
  await expect(start('--clock', date)).rejects.toThrow(/--clock.*must be a date of ISO 8601/);
});

test.each([
  ['stagin', "'--env' must be one of dev, staging, prod, got 'stagin'; did you mean 'staging'?"],
  ['all', "got 'all'; choose one, or add it to core/environments.ts"],
])('fails with UnknownEnvironment for --env %s, whatever is kept', async (name, message) => {
  await expect(start('--env', name)).rejects.toThrow(message);
});
