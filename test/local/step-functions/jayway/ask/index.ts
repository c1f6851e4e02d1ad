import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ANSWERS, writeAnswers, type JaywayAnswer } from '../answers.ts';
import { corpus } from '../corpus.ts';

/**
 * Writes what Jayway's JsonPath answers to the corpus: `npx tsx test/local/step-functions/jayway/ask/index.ts`. It takes a JDK of
 * 17 or later and Maven, which brings the library from Maven Central, and some seconds. The tests read what it wrote, and need
 * neither.
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
const { documents, questions } = corpus();
const lines = run(
  'java',
  ['-cp', `target/classes:${classpath}`, 'AskJayway'],
  [documents, ...questions].map((line) => `${JSON.stringify(line)}\n`).join(''),
)
  .trim()
  .split('\n');
const asked = questions.map(({ path }, place) => ({ path, ...(JSON.parse(lines[place] ?? '') as JaywayAnswer) }));
writeFileSync(ANSWERS, writeAnswers({ documents, asked }));
process.stdout.write(`${asked.length} paths\n`);
