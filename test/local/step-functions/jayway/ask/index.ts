import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { askJava } from '../../../../support/ask-java.ts';
import { ANSWERS, writeAnswers, type JaywayAnswer } from '../answers.ts';
import { corpus } from '../corpus.ts';

/**
 * Writes what Jayway's JsonPath answers to the corpus: `npx tsx test/local/step-functions/jayway/ask/index.ts`. It takes a JDK of
 * 17 or later and Maven, which brings the library from Maven Central, and some seconds. The tests read what it wrote, and need
 * neither.
 */
const { documents, questions } = corpus();
const folder = fileURLToPath(new URL('.', import.meta.url));
const lines = askJava(
  folder,
  'AskJayway',
  [documents, ...questions].map((line) => JSON.stringify(line)),
);
const asked = questions.map(({ path }, place) => ({ path, ...(JSON.parse(lines[place] ?? '') as JaywayAnswer) }));
writeFileSync(ANSWERS, writeAnswers({ documents, asked }));
process.stdout.write(`${asked.length} paths\n`);
