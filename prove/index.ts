/** `npm run prove`: proves every claim, prints a line for each, and fails when one is false. */
import { Command, Option } from 'commander';
import type { Scale } from './claim.ts';
import { CLAIM_IDS, loadClaim } from './claims.ts';
import { runClaims, type Proved } from './run-claims.ts';

interface Asked {
  readonly scale: Scale;
  readonly json?: true;
  readonly list?: true;
}

const program = new Command('prove')
  .description(
    'Proves what Headwaters claims, offline: nothing lost, nothing leaked, nothing wider than it needs to be, and at what cost.',
  )
  .argument('[claims...]', 'ids of claims; without them, all', [])
  .addOption(new Option('--scale <scale>', 'how much of each').choices(['quick', 'full']).default('full'))
  .option('--list', 'print the claims and prove none')
  .option('--json', 'print one JSON document')
  .parse();
const asked = program.opts<Asked>();
for (const id of program.args) {
  if (!CLAIM_IDS.includes(id)) {
    program.error(`UnknownClaim: must be one of ${CLAIM_IDS.join(', ')}, got '${id}'; npm run prove -- --list shows them`);
  }
}
const ids = program.args.length === 0 ? CLAIM_IDS : CLAIM_IDS.filter((id) => program.args.includes(id));

if (asked.list) {
  for (const id of ids) console.log(`${id}: ${(await loadClaim(id)).says}`);
} else {
  const began = performance.now();
  const proved = await runClaims(ids, asked.scale, (one) => {
    if (!asked.json) console.log(line(one));
  });
  const failed = proved.filter(({ held }) => !held);
  const seconds = Math.round((performance.now() - began) / 1000);
  if (asked.json) {
    const claims = ids.flatMap((id) => proved.filter((one) => one.id === id));
    console.log(JSON.stringify({ scale: asked.scale, seconds, held: failed.length === 0, claims }));
  } else {
    console.log(`${proved.length - failed.length} of ${proved.length} claims hold, in ${seconds} s.`);
  }
  if (failed.length > 0) process.exitCode = 1;
}

function line(proved: Proved): string {
  const { id, seconds, says } = proved;
  const head = `${proved.held ? '✓' : '✗'} ${id}: ${says}`;
  return proved.held ? `${head} ${proved.counted} (${seconds} s)` : `${head}\n${indented(proved.why)}`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
