import { ClaimFails, type Claim } from '../claim.ts';
import { ACCESS_MUTANTS } from './mutants/access.ts';
import { GROUNDS, groundsOf } from './mutants/grounds.ts';
import { LocalJudge } from './mutants/local-judge.ts';
import type { Mutant } from './mutants/mutant.ts';
import { HARMLESS, RESOURCE_MUTANTS } from './mutants/resources.ts';
import { tryMutant, type Ground, type Trial } from './mutants/try-mutant.ts';
import { UNCAUGHT } from './mutants/uncaught.ts';

/** The share of mutants that must be caught. */
const ENOUGH = 0.95;
/** One in so many is tried where it has to be quick. */
const QUICK_STEP = 12;

export const mutantsCaught: Claim = {
  id: 'mutants-caught',
  says: 'A change of the templates for the worse, as small as they come, is caught by the matrix, the review, the rule packs or the local runtime; a harmless one by none.',
  prove: async (scale) => (scale === 'quick' ? proveSome() : proveAll()),
};

/** The cheap judges on some mutants: what they leave is told by the whole proof. */
async function proveSome(): Promise<string> {
  const some = (mutants: readonly Mutant[]): readonly Mutant[] => mutants.filter((_, at) => at % QUICK_STEP === 0);
  const grounds = await groundsOf(GROUNDS.slice(0, 1));
  const cheap = grounds.map((ground) => ({ ...ground, judges: ground.judges.slice(0, 1) }));
  const hasGround = ({ ground }: Trial): boolean => ground !== undefined;
  const access = (await tryAll(some(ACCESS_MUTANTS), grounds)).filter(hasGround);
  const resources = (await tryAll(some(RESOURCE_MUTANTS), cheap)).filter(hasGround);
  const escaped = access.filter(isEscaped).map(({ mutant }) => `not caught: ${mutant.name}`);
  const caught = [...access, ...resources].filter(({ caught: by }) => by.length > 0);
  if (escaped.length > 0 || caught.length < access.length + resources.length / 2)
    throw new ClaimFails(
      escaped.length > 0 ? escaped : ['fewer than half of the changes of resources were caught by the review'],
    );
  return `${caught.length} of ${access.length + resources.length} mutants caught by the cheap judges`;
}

async function proveAll(): Promise<string> {
  const [first = ''] = GROUNDS;
  const local = new LocalJudge(first);
  try {
    const grounds = await groundsOf(GROUNDS, (name) => (name === first ? [local] : []));
    const [base] = grounds;
    const wrong = base === undefined ? ['there is no environment'] : await local.judge(base.templates, base.templates);
    if (wrong.length > 0)
      throw new ClaimFails(wrong.map((line) => `the templates as they are do not run, so that no mutant is judged: ${line}`));
    const trials = await tryAll([...ACCESS_MUTANTS, ...RESOURCE_MUTANTS], grounds);
    const harmless = await tryAll(HARMLESS, grounds);
    const findings = judgeTrials(trials, harmless);
    if (findings.length > 0) throw new ClaimFails(findings);
    return says(trials, harmless);
  } finally {
    local.close();
  }
}

/** What is wrong with how mutants fared; one line for each. */
export function judgeTrials(
  trials: readonly Trial[],
  harmless: readonly Trial[],
  uncaught: Readonly<Record<string, string>> = UNCAUGHT,
): readonly string[] {
  const escaped = trials.filter(isEscaped).map(({ mutant }) => mutant.name);
  const share = 1 - escaped.length / trials.length;
  return [
    ...(trials.length < 60 ? [`${trials.length} mutants prove nothing: at least 60 are tried`] : []),
    ...trials
      .filter(({ ground }) => ground === undefined)
      .map(({ mutant }) => `no environment has what '${mutant.name}' spoils; take it out`),
    ...escaped.filter((name) => !(name in uncaught)).map((name) => `not caught, and no reason is given: ${name}`),
    ...Object.keys(uncaught)
      .filter((name) => !escaped.includes(name))
      .map((name) => `caught or gone, and still on the list of those that are not: ${name}`),
    ...(share < ENOUGH ? [`${percent(share)} of the mutants are caught, fewer than ${percent(ENOUGH)}`] : []),
    ...harmless
      .filter(({ caught }) => caught.length > 0)
      .map(({ mutant, caught }) => `harmless, and caught by ${caught[0]?.by}: ${mutant.name}: ${caught[0]?.says}`),
  ];
}

const isEscaped = ({ caught }: Trial): boolean => caught.length === 0;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

async function tryAll(mutants: readonly Mutant[], grounds: readonly Ground[]): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const mutant of mutants) trials.push(await tryMutant(mutant, grounds));
  return trials;
}

function says(trials: readonly Trial[], harmless: readonly Trial[]): string {
  const by = (judge: string): number => trials.filter(({ caught }) => caught.some((one) => one.by === judge)).length;
  const judges = ['matrix', 'review', 'findings', 'local'].map((judge) => `${judge} ${by(judge)}`).join(', ');
  const caught = trials.filter((trial) => !isEscaped(trial)).length;
  return `${caught} of ${trials.length} mutants caught (first by ${judges}), ${Object.keys(UNCAUGHT).length} named with a reason, ${harmless.length} harmless changes caught by none`;
}
