import type { Command } from 'commander';
import { homeHere } from '../local/home-here.ts';
import type { Out } from '../output.ts';

/** `headwaters local reset`: deletes what the platform has kept. */
export function addLocalReset(local: Command, out: Out): void {
  local
    .command('reset')
    .summary('delete the state of the platform: the next start begins anew')
    .description(
      'Deletes the objects, streams, secrets and the clock that the platform kept, also those of a run that was killed. What `headwaters demo` has left stays.',
    )
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async ({ json }: { readonly json: boolean }) => {
      const { reset } = await import('../local/reset.ts');
      const removed = reset(await homeHere());
      out.line(
        json
          ? JSON.stringify({ removed })
          : removed
            ? 'The state is deleted: the next start begins anew.'
            : 'There was no state to delete.',
      );
    });
}
