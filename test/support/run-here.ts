import { vi } from 'vitest';
import { ProcessOut } from '../../cli/output.ts';
import { runCommand } from '../../cli/run-command.ts';
import type { Ran } from './project.ts';

/** Runs a command in the process of the tests: what its answer holds does not depend on the process, and starting one costs half a second of CPU. */
export async function runHere(folder: string, args: readonly string[]): Promise<Ran> {
  const output = { code: 0, stdout: '', stderr: '' };
  const capture = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      output[stream] += String(text);
      return true;
    });
  const captured = [capture('stdout'), capture('stderr')];
  const before = process.cwd();
  process.chdir(folder);
  try {
    await runCommand(args, new ProcessOut(), (code) => {
      output.code = code;
    });
    return output;
  } finally {
    process.chdir(before);
    for (const stream of captured) stream.mockRestore();
  }
}
