import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { askJava } from '../../../../support/ask-java.ts';
import { ANSWERS, writeAnswers, type TrinoAnswer } from '../answers.ts';
import { corpus } from '../corpus.ts';

/**
 * Writes what Trino answers to the corpus: `npx tsx test/local/athena/trino/ask/index.ts`. It takes a JDK of 17 or later and Maven, which brings Trino from
 * Maven Central, and a minute or two. The tests read what it wrote, and need neither.
 */
const queries = corpus();
const folder = fileURLToPath(new URL('.', import.meta.url));
const lines = askJava(
  folder,
  'AskTrino',
  queries.map((sql) => JSON.stringify(sql)),
);
const answers = lines.map((line) => JSON.parse(line) as TrinoAnswer);
writeFileSync(ANSWERS, writeAnswers(queries, answers));
process.stdout.write(`${answers.length} answers\n`);
