import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { askJava } from '../../../../../support/ask-java.ts';
import { ANSWERS, type AskedScript, type StepAnswer } from '../answers.ts';
import { inTrino } from '../dialects.ts';
import { SCRIPTS } from '../scripts/index.ts';

/**
 * Writes what Trino's Iceberg connector answers to the scripts: `npx tsx test/local/athena/trino/iceberg/ask/index.ts`. It takes a JDK of 17 or later and
 * Maven, which brings Trino from Maven Central, and some minutes. The tests read what it wrote, and need neither.
 */
const statements = SCRIPTS.map(({ steps }) => steps.map(inTrino));
const lines = askJava(
  fileURLToPath(new URL('.', import.meta.url)),
  'AskIceberg',
  statements.map((script) => JSON.stringify(script)),
);

/** What differs from run to run is told by a placeholder. */
const lasting = (answer: StepAnswer): StepAnswer =>
  'error' in answer
    ? {
        error: answer.error
          .replaceAll(/file:\/\S+?(?=[\s,;)]|$)/g, '{path}')
          .replaceAll(/\b\d{15,19}\b/g, '{id}')
          .replaceAll(/\bscript\d+\b/g, '{schema}')
          .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ UTC/g, '{time}'),
      }
    : answer;

const asked = SCRIPTS.map(({ name }, place): AskedScript => {
  const answers = JSON.parse(lines[place] ?? '') as readonly StepAnswer[];
  return { name, steps: answers.map((answer, step) => ({ sql: statements[place]?.[step] ?? '', ...lasting(answer) })) };
});
writeFileSync(ANSWERS, asked.map((script) => `${JSON.stringify(script)}\n`).join(''));
process.stdout.write(`${asked.length} scripts\n`);
