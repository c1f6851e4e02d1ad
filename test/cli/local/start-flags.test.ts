import { Command } from 'commander';
import { addLocalStart } from '../../../cli/commands/local-start.ts';

test.each(['2027-02-31', 'soon'])('fails when the clock is to begin at %s', async (date) => {
  const program = new Command('local').exitOverride().configureOutput({ writeErr: () => undefined });
  const quiet = (): void => undefined;
  addLocalStart(program, { line: quiet, step: async () => undefined, detail: quiet, done: quiet, failed: quiet });
  await expect(program.parseAsync(['start', '--clock', date], { from: 'user' })).rejects.toThrow(
    /--clock.*must be a date of ISO 8601/,
  );
});
