import type { Command } from 'commander';
import { homeHere } from '../local/home-here.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';

/** `headwaters local stop`: ends the platform, and saves its state. */
export function addLocalStop(local: Command, out: Out): void {
  local
    .command('stop')
    .summary('end the platform, and save its state')
    .description(
      'Lets the functions that run end, saves the state for the next start, and says what was still on its way, and what went wrong on purpose.',
    )
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async ({ json }: { readonly json: boolean }) => {
      const { stopRun } = await import('../local/stop-run.ts');
      const stopped = await stopRun(await homeHere(), out);
      if (json) {
        out.line(JSON.stringify(stopped));
        return;
      }
      out.line(`Stopped process ${stopped.pid}; ${stopped.undelivered} records are on their way, and go on with the next start.`);
      if (stopped.faults === undefined) return;
      const { formatFaults } = await withOptionalPeers(() => import('../local/format-faults.ts'));
      out.line(formatFaults(stopped.faults));
    });
}
