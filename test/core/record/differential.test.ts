import { eventJudge } from '../../../core/record/judge-event.ts';
import { parseCompiledContract } from '../../../core/record/compiled-contract.ts';
import { ARRIVAL, SECRET } from '../../support/contracts.ts';
import { randomContract } from './differential/contracts.ts';
import { DIFFERENCES, agrees, disagreement } from './differential/differences.ts';
import { randomEvent } from './differential/events.ts';
import { jsonSchema } from './differential/json-schema.ts';
import { Random } from '../../support/random.ts';

/** Events that are judged twice. The gate is a million: `HEADWATERS_EVENTS=1000000 npm test -- test/core/record/differential.test.ts` */
const EVENTS = Number(process.env.HEADWATERS_EVENTS ?? 30_000);
const EVENTS_OF_A_CONTRACT = 500;

function parse(text: string): { readonly data: unknown } | undefined {
  try {
    return { data: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

test(
  `judges ${EVENTS} random events of random contracts as ajv does, or differs in a way that has a name`,
  () => {
    const random = new Random(1);
    const counts = new Map<string, number>();
    const unexplained: string[] = [];
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    for (let event = 0; event < EVENTS;) {
      const contract = parseCompiledContract(JSON.stringify(randomContract(random)));
      const judge = eventJudge(contract, SECRET);
      const validate = jsonSchema(contract, ARRIVAL);
      for (let of = 0; of < EVENTS_OF_A_CONTRACT && event < EVENTS; of += 1, event += 1) {
        const text = randomEvent(random, contract, event).toWellFormed(); // as it comes from UTF-8
        const verdict = judge(text, ARRIVAL);
        const parsed = parse(text);
        if (parsed === undefined) {
          expect(verdict).toEqual({ accepted: false, reason: 'not-json', columns: [] });
          count('no JSON');
          continue;
        }
        const errors = validate(parsed.data) ? [] : (validate.errors ?? []);
        if (agrees(verdict, errors)) {
          count(verdict.accepted ? 'both accept' : 'both refuse');
          continue;
        }
        const at = disagreement(contract, text, verdict, verdict.accepted ? errors : []);
        const name = Object.keys(DIFFERENCES).find((known) => DIFFERENCES[known]?.(at));
        if (name === undefined)
          unexplained.push(
            `${text}\n${JSON.stringify(verdict)}\n${JSON.stringify(at.errors)}\n${JSON.stringify(contract.columns)}`,
          );
        else count(name);
      }
    }
    if (process.env.HEADWATERS_EVENTS !== undefined)
      process.stdout.write(`${EVENTS} events\n${JSON.stringify(Object.fromEntries(counts), undefined, 1)}\n`);
    expect(unexplained.slice(0, 5)).toEqual([]);
    expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBe(EVENTS);
    expect(counts.get('both accept')).toBeGreaterThan(EVENTS / 5);
    expect(counts.get('both refuse')).toBeGreaterThan(EVENTS / 5);
    if (EVENTS >= 1_000_000) expect([...counts.keys()]).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES))); // none has gone stale
  },
  Math.max(30_000, EVENTS),
);
