import { Command } from 'commander';
import { addQuery } from '../../cli/commands/query.ts';

const quiet = (): void => undefined;

test('help of `query` says that any statement runs, and that a lake which was left keeps nothing', () => {
  const program = new Command();
  addQuery(program, { line: quiet, step: async () => undefined, detail: quiet, done: quiet, failed: quiet });
  const help = (program.commands[0]?.helpInformation() ?? '').replace(/\s+/g, ' ');
  expect(help).toContain("a query, or any other statement of Athena's: SHOW, INSERT, MERGE, CREATE TABLE");
  expect(help).toContain('What a statement changes there is gone once it is answered.');
});
