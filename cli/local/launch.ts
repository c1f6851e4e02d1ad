import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { CommandError } from '../command-error.ts';
import type { LocalHome } from './home.ts';

/** Lines of the log that tell why a process has ended. */
export const TAIL = 12;

/** What a platform in the background says to the command that started it. */
const word = z.union([
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type Word = z.infer<typeof word>;

/** Whether a command waits for what this process says of its start. */
export const isAwaited = (): boolean => process.send !== undefined && process.connected;

/** Says how the start went, where a command waits for it. */
export async function report(said: Word): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send === undefined) resolve();
    else
      process.send(said, undefined, undefined, () => {
        resolve(); // who is gone needs no word
      });
  });
  if (process.connected) process.disconnect();
}

/**
 * Runs this command again as a process of its own, which outlives this one, and waits until it is ready.
 *
 * @throws {@link CommandError} with the code of what refused the start, or `StartFailed`
 */
export async function launch(home: LocalHome, args: readonly string[], folder: string): Promise<void> {
  mkdirSync(path.dirname(home.log), { recursive: true });
  const log = openSync(home.log, 'w', 0o600);
  const [, command = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, command, ...args], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const said = await new Promise<Word | undefined>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      resolve(undefined);
    });
    child.on('message', (message) => {
      resolve(word.parse(message));
    });
  });
  if (child.connected) child.disconnect();
  child.unref();
  if (said === undefined)
    throw new CommandError(
      'StartFailed',
      `the platform's process must stay, but it ended; the last lines of '${home.log}':\n${home.logTail(TAIL).join('\n')}`,
    );
  if (said.kind === 'refused') throw new CommandError(said.code, said.message);
}
