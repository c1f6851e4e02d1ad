import type { Command } from 'commander';
import type { Out } from '../output.ts';
import { addLocalAdvance } from './local-advance.ts';
import { addLocalExportEnv } from './local-export-env.ts';
import { addLocalReset } from './local-reset.ts';
import { addLocalStart } from './local-start.ts';
import { addLocalStatus } from './local-status.ts';
import { addLocalStop } from './local-stop.ts';

/** `headwaters local …`: the platform on this machine, for any client of AWS. */
export function addLocal(program: Command, out: Out, setExitCode: (code: number) => void): void {
  const local = program
    .command('local')
    .summary('run the platform on this machine, for any client of AWS')
    .description(
      'Runs the templates of an environment in the background, behind one endpoint that speaks the protocols of AWS: the AWS CLI, boto3 or any SDK put ' +
        'records, list objects, read the catalog and run queries, as any role of the templates. What is not served says so. All state lies in .headwaters/local.',
    );
  addLocalStart(local, out);
  addLocalStop(local, out);
  addLocalStatus(local, out, setExitCode);
  addLocalAdvance(local, out);
  addLocalExportEnv(local, out);
  addLocalReset(local, out);
}
