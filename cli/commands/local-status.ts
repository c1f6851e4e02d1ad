import type { Command } from 'commander';
import { homeHere } from '../local/home-here.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';

/** As `systemctl status` and the init scripts before it answer. @see https://refspecs.linuxbase.org/LSB_3.0.0/LSB-PDA/LSB-PDA/iniscrptact.html */
const EXIT_CODES = { running: 0, crashed: 1, stopped: 3 } as const;

/** `headwaters local status`: how the platform is. */
export function addLocalStatus(local: Command, out: Out, setExitCode: (code: number) => void): void {
  local
    .command('status')
    .summary('say whether the platform runs, and how far its deliveries have come')
    .description(
      'Says where the platform runs, what its clock shows, what is in flight in each delivery, how often each fault of `local start --faults` came, and the roles that can be taken.\n\n' +
        'The exit code is 0 while it runs, 1 when it was killed or crashed, with the last lines of its log, and 3 when it is stopped.',
    )
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async ({ json }: { readonly json: boolean }) => {
      const { look } = await import('../local/look.ts');
      const found = await look(await homeHere());
      if (json) out.line(JSON.stringify(found));
      else {
        const { formatLook } = await withOptionalPeers(() => import('../local/format-look.ts'));
        out.line(formatLook(found));
      }
      setExitCode(EXIT_CODES[found.state]);
    });
}
