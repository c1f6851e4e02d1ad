import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readContracts } from '../../core/contract/read-file.ts';
import { REPOSITORY } from '../../test/support/project.ts';
import { ClaimFails, type Claim, type Scale } from '../claim.ts';
import { judge } from './judge.ts';
import { Places, type RunState } from './places.ts';
import { plantInKinds } from './plants/plant-in-kinds.ts';
import { report, type Order, type Report } from './run/order.ts';
import { PARTS } from './run/put-part.ts';
import { RunFolder } from './run/run-folder.ts';
import { spawnKept } from './run/spawn-kept.ts';
import { ProjectInUse } from './run/project-in-use.ts';
import { TextSearch } from './search/search-folder.ts';
import { knownEventsOf, type KnownEvents } from './values/known-events.ts';

/** Values for each protected field. */
const COUNT: Readonly<Record<Scale, number>> = { quick: 200, full: 1000 };

const STATES: readonly RunState[] = [
  { path: 'stages/in-flight', moment: 'in flight' },
  { path: 'stages/drained', moment: 'delivered' },
  { path: 'stages/expired', moment: 'expired' },
  { path: 'home/state', moment: 'expired' },
  { path: 'killed/state', moment: 'in flight' },
  { path: 'project/.headwaters/local/state', moment: 'in flight' },
  { path: 'project/.headwaters/lake', moment: 'in flight' },
];

/**
 * Every protected field of the project's own contracts is given values that nobody else has, in events that are accepted and in events that are
 * spoilt; faults come, queries fail, the process is killed; and everything that was written is searched, removed files among it.
 *
 * Originals may lie in `raw` and in quarantine alone; `_errors/` of `clean` is quarantine that Firehose writes (docs/adr/0006). A stream and a
 * delivery hold what is on its way, and must: they hold nothing of it once it is delivered and the stream's retention has ended. Nothing holds any
 * of it once the zones' own retention has ended. What people write themselves into a query is theirs: it stands in its history.
 */
export const personalValuesStayClosed: Claim = {
  id: 'personal-values-stay-closed',
  says: 'Values of protected fields are found, in whatever form, in `raw` and quarantine and nowhere else; once these have expired, nowhere.',
  prove: async (scale) => {
    const datasets = readContracts(path.join(REPOSITORY, 'contracts')).flatMap((contract) => contract.datasets);
    const given = await knownEventsOf(datasets, COUNT[scale]);
    const secrets = given.flatMap((each) => each.secrets);
    if (secrets.length === 0) throw new ClaimFails(['no contract protects a field: there is nothing to look for']);
    const run = new RunFolder();
    try {
      const [told, commands] = await Promise.all([live(run, scale), scale === 'full' ? use(run, given) : 0]);
      refuseEmptyRun(told, given);
      const places = new Places(
        run.root,
        STATES.filter((state) => existsSync(run.within(state.path))),
        told.buckets,
      );
      const kinds = await plantInKinds(run.root, places);
      const search = new TextSearch(secrets.map(({ text }) => text));
      const { hits, files, bytes } = await search.folder(run.root);
      const { found } = judge(hits, secrets, places);
      return [
        `${count(given.flatMap(({ accepted }) => accepted).length)} accepted and ${count(given.flatMap(({ rejected }) => rejected).length)} rejected events`,
        `${count(secrets.length)} texts in ${count(search.forms)} forms`,
        `${count(files)} files, ${Math.round(bytes / 1e6)} MB unpacked, ${kinds} kinds of files that each betray a planted text`,
        `${told.faults} faults, ${told.refused} refusals and failed queries, ${commands} commands`,
        `found: ${[...found].map(([place, texts]) => `${count(texts)} in ${place}`).join(', ')}`,
        ...tooNarrow(given),
      ].join('; ');
    } finally {
      run.remove();
    }
  },
};

const PLATFORM = path.join(import.meta.dirname, 'run/platform-process.ts');

/** A platform that lives until its data has expired, and in full one that is killed. @throws ClaimFails where one ends otherwise */
async function live(run: RunFolder, scale: Scale): Promise<Report> {
  const lives = (['expired', ...(scale === 'full' ? (['killed'] as const) : [])] as const).map(async (ends) => {
    const home = ends === 'expired' ? 'home' : 'killed';
    const order: Order = {
      project: REPOSITORY,
      count: COUNT[scale],
      thorough: scale === 'full',
      home: run.within(home),
      said: path.join(run.said, home),
      stages: run.stages,
      report: run.within(`${home}.report.json`),
      ends,
    };
    const ending = await spawnKept(run, PLATFORM, [JSON.stringify(order)], { folder: run.root, name: home });
    if (ending !== (ends === 'killed' ? 'SIGKILL' : 0))
      throw new ClaimFails([`the platform ended with ${ending}`, lastWords(run, home)]);
  });
  await Promise.all(lives);
  return report.parse(JSON.parse(readFileSync(run.within('home.report.json'), 'utf8')));
}

/** People who use the commands on a project of their own, one after another. @returns commands */
async function use(run: RunFolder, given: readonly KnownEvents[]): Promise<number> {
  const events = mkdtempSync(path.join(tmpdir(), 'headwaters-given-'));
  try {
    return await new ProjectInUse(run, given, events).use(COUNT.quick);
  } finally {
    rmSync(events, { recursive: true, force: true });
  }
}

const lastWords = (run: RunFolder, name: string): string =>
  readFileSync(path.join(run.said, `${name}.stderr`), 'utf8')
    .split('\n')
    .slice(-12)
    .join('\n');

/** What was delivered before anything went wrong can be read, and things did go wrong. */
function refuseEmptyRun({ readable, faults, refused }: Report, given: readonly KnownEvents[]): void {
  const least = given.reduce((sum, { accepted }) => sum + Math.floor(accepted.length / PARTS), 0);
  const findings = [
    ...(readable < least ? [`${readable} events can be read, of at least ${least}: the run proves nothing`] : []),
    ...(faults === 0 || refused === 0 ? [`${faults} faults and ${refused} refusals came: the run proves nothing of them`] : []),
  ];
  if (findings.length > 0) throw new ClaimFails(findings);
}

function tooNarrow(given: readonly KnownEvents[]): readonly string[] {
  const narrow = given.flatMap((each) => each.narrow);
  return narrow.length === 0 ? [] : [`not looked for, as a value tells too little: ${narrow.join(', ')}`];
}

const count = (number: number): string => number.toLocaleString('en-US');
