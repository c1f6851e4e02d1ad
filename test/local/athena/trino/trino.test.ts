import { SUPPORTED_FUNCTIONS } from '../../../../local/athena/sql/supported.ts';
import { FAILING_CASES } from '../sql/cases/index.ts';
import { asQuery, SqlEngine } from '../sql/engine.ts';
import { shown, verdict, type Ours, type Verdict } from './agree.ts';
import { readAnswers, type Asked } from './answers.ts';
import { corpus } from './corpus.ts';
import { DEPARTURES, REFUSED } from './departures.ts';

const ANSWERED = readAnswers();

interface Judged {
  readonly asked: Asked;
  readonly ours: Ours;
  readonly verdict: Verdict;
}

let judged: readonly Judged[];
beforeAll(async () => {
  const engine = await SqlEngine.open();
  const all: Judged[] = [];
  for (const asked of ANSWERED) {
    const ours = await engine.run(asked.sql).catch((error: unknown): Ours => ({ error: (error as Error).message }));
    all.push({ asked, ours, verdict: verdict(ours, asked) });
  }
  engine.close();
  judged = all;
}, 300_000);

const isDeparture = ({ sql }: Asked): boolean => DEPARTURES.some(({ query }) => query.test(sql));

test('what is answered is what Trino 405 answered: types, values, names of errors', () => {
  const differing = judged.filter((one) => one.verdict === 'differs' && !isDeparture(one.asked));
  expect(differing.map(({ asked, ours }) => shown(asked, ours))).toEqual([]);
});

/** What the tested list refuses by its own cases. */
const CHOSEN = new Set(FAILING_CASES.map(({ sql }) => asQuery(sql)));

test('what the grammar makes is refused for few reasons, and told', () => {
  const refused = judged.filter((one) => one.verdict === 'refused' && !CHOSEN.has(one.asked.sql));
  const reasons = refused.map(({ ours }) => ('error' in ours ? ours.error.replace(/line \d+:\d+: /, '') : ''));
  expect([...new Set(reasons)].sort()).toEqual(REFUSED);
});

test('each departure is one', () => {
  const stale = DEPARTURES.filter(
    ({ query }) => !judged.some(({ asked, verdict: of }) => of === 'differs' && query.test(asked.sql)),
  );
  expect(stale).toEqual([]);
});

test('Trino was asked the corpus as it is', () => {
  const asked = new Set(ANSWERED.map(({ sql }) => sql));
  expect(corpus().filter((sql) => !asked.has(sql)).length).toBeLessThan(ANSWERED.length / 200);
  const known = new Set(corpus());
  expect(ANSWERED.filter(({ sql }) => !known.has(sql))).toEqual([]);
});

test('Trino was asked for every function that is on the list', () => {
  const texts = ANSWERED.map(({ sql }) => sql).join('\n');
  expect([...SUPPORTED_FUNCTIONS].filter((name) => !new RegExp(String.raw`\b${name}\b`, 'i').test(texts))).toEqual([]);
});
