import type { Ran } from '../../fixture.ts';
import { Fixture } from '../../fixture.ts';
import { agrees, shown } from './agree.ts';
import { readAnswers, type StepAnswer } from './answers.ts';
import { DEPARTURES } from './departures.ts';
import { inTrino } from './dialects.ts';
import { runHere } from './run-here.ts';
import { SCRIPTS } from './scripts/index.ts';

const ANSWERED = readAnswers();

interface Judged {
  /** The script's name and the statement. */
  readonly step: string;
  readonly agrees: boolean;
  readonly shown: string;
}

const judge = (script: string, sql: string, ours: Ran, trino: StepAnswer): Judged => ({
  step: `${script}: ${sql}`,
  agrees: agrees(ours, trino, /^(?:alter table|drop table|create table (?!.* as (?:select|values|with)))/i.test(sql)),
  shown: shown(script, sql, ours, trino),
});

let judged: readonly Judged[];
beforeAll(async () => {
  const fixture = await Fixture.open();
  const all: Judged[] = [];
  for (const [place, script] of SCRIPTS.entries()) {
    const ran = await runHere(fixture, script, `script${place}`);
    const { name, steps = [] } = ANSWERED[place] ?? {};
    for (const [at, { sql, ...trino }] of steps.entries()) {
      const ours = ran[at];
      if (name === script.name && ours !== undefined) all.push(judge(name, sql, ours, trino));
    }
  }
  fixture.close();
  judged = all;
}, 300_000);

test('a step comes to what it came to in Trino 406: names, types, rows, counts, names of errors', () => {
  const differing = judged.filter((one) => !one.agrees && !DEPARTURES.some(({ step }) => step.test(one.step)));
  expect(differing.map((one) => one.shown)).toEqual([]);
});

test('each departure is one', () => {
  const stale = DEPARTURES.filter(({ step }) => !judged.some((one) => !one.agrees && step.test(one.step)));
  expect(stale).toEqual([]);
});

test('Trino was asked the scripts as they are', () => {
  expect(ANSWERED.map(({ name, steps }) => [name, ...steps.map(({ sql }) => sql)])).toEqual(
    SCRIPTS.map(({ name, steps }) => [name, ...steps.map(inTrino)]),
  );
});
