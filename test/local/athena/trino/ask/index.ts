import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ANSWERS, writeAnswers, type TrinoAnswer } from '../answers.ts';
import { corpus } from '../corpus.ts';

/**
 * Writes what Trino answers to the corpus: `npx tsx test/local/athena/trino/ask/index.ts`. It takes a JDK of 17 or later and Maven, which brings Trino from
 * Maven Central, and a minute or two. The tests read what it wrote, and need neither.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));

const run = (command: string, args: readonly string[], input = ''): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${(stderr + stdout).slice(-2000)}`);
  return stdout;
};

run('mvn', ['-q', '-B', 'compile', 'dependency:build-classpath', '-Dmdep.outputFile=target/classpath']);
const classpath = readFileSync(`${folder}target/classpath`, 'utf8').trim();
const queries = corpus();
const lines = run(
  'java',
  ['-cp', `target/classes:${classpath}`, '--add-opens=java.base/java.nio=ALL-UNNAMED', 'AskTrino'],
  queries.map((sql) => `${JSON.stringify(sql)}\n`).join(''),
);
const answers = lines
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as TrinoAnswer);
writeFileSync(ANSWERS, writeAnswers(queries, answers));
process.stdout.write(`${answers.length} answers\n`);
