import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Builds the program of a folder with Maven and runs one of its classes: lines in, lines out. */
export function askJava(folder: string, program: string, lines: readonly string[]): readonly string[] {
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
  const java = ['-cp', `target/classes:${classpath}`, '--add-opens=java.base/java.nio=ALL-UNNAMED', program];
  return run('java', java, lines.map((line) => `${line}\n`).join(''))
    .trim()
    .split('\n');
}
