/** Prints who catches which mutant first: `npx tsx prove/nothing-wider/mutants/table.ts`. */
import { ACCESS_MUTANTS } from './access.ts';
import { GROUNDS, groundsOf } from './grounds.ts';
import { LocalJudge } from './local-judge.ts';
import { HARMLESS, RESOURCE_MUTANTS } from './resources.ts';
import { tryMutant } from './try-mutant.ts';

const [first = ''] = GROUNDS;
const local = new LocalJudge(first);
const grounds = await groundsOf(GROUNDS, (name) => (name === first ? [local] : []));
for (const mutant of [...ACCESS_MUTANTS, ...RESOURCE_MUTANTS, ...HARMLESS]) {
  const { ground = '-', caught } = await tryMutant(mutant, grounds);
  process.stdout.write(`| ${mutant.name} | ${ground} | ${caught[0]?.by ?? '-'} | ${caught[0]?.says.slice(0, 100) ?? ''} |\n`);
}
local.close();
