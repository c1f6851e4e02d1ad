import { ask } from '../../../cli/platform/ask.ts';
import { assume } from '../../../cli/platform/session.ts';
import type { LiveRun } from './live-run.ts';
import { questionsOf } from './probes.ts';

/** Asks everything that an analyst may, and what must fail. @returns distinct events that can be read */
export async function askAll(run: LiveRun): Promise<number> {
  const { platform, place, given } = run;
  const analyst = await assume(place, platform.analystRoleArn, 'analyst');
  const question = (sql: string) => run.attempt(() => ask(analyst.athena, platform.workGroup, sql));
  let readable = 0;
  for (const { dataset } of given) {
    const { cleanTable } = platform.dataset(dataset);
    const counted = await question(`SELECT count(DISTINCT "_event_id") AS events FROM ${cleanTable}`);
    readable += Number(counted?.rows[0]?.[0] ?? 0);
    await Promise.all(run.chosen(questionsOf(dataset, cleanTable)).map(question));
  }
  analyst.close();
  return readable;
}
