import type { Command } from 'commander';
import { formatDuration, parseDuration } from '../local/duration.ts';
import { homeHere } from '../local/home-here.ts';
import type { Out } from '../output.ts';

/** `headwaters local advance`: moves the clock of the platform. */
export function addLocalAdvance(local: Command, out: Out): void {
  local
    .command('advance')
    .summary('move the clock ahead, and say what came of it')
    .description(
      'Moves the clock ahead: buffers close, records and objects expire, objects grow colder. What falls due on the way happens in its order.',
    )
    .argument('<duration>', '90s, 15m, 1h, 7d, 2w, or of ISO 8601: PT1H, P30D', parseDuration)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (milliseconds: number, { json }: { readonly json: boolean }) => {
      const { advanceRun } = await import('../local/advance-run.ts');
      const moved = await advanceRun(await homeHere(), milliseconds, out);
      const iso = (time: number): string => new Date(time).toISOString();
      out.line(
        json
          ? JSON.stringify({ ...moved, from: iso(moved.from), to: iso(moved.to) })
          : [
              `The clock went ${formatDuration(moved.to - moved.from)}, from ${iso(moved.from)} to ${iso(moved.to)}.`,
              `records: ${moved.delivered} delivered, ${moved.lost} lost`,
              `objects: ${moved.written} written, ${moved.moved} moved to another storage class, ${moved.expired} expired`,
              ...[...new Set(moved.alarmed)].map((name) => `alarm: ${name}`),
            ].join('\n'),
      );
    });
}
