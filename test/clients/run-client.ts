import { spawn, spawnSync } from 'node:child_process';
import { variablesOf } from '../../cli/local/variables.ts';
import type { LocalRuntime } from '../../local/start.ts';

/** The variables that `headwaters local export-env` prints, and nothing of whoever runs the tests. */
function environment(runtime: LocalRuntime): NodeJS.ProcessEnv {
  const set = Object.entries(variablesOf(runtime, runtime.operator)).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const nobody = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };
  const { PATH, HOME } = process.env;
  return { PATH, HOME, AWS_MAX_ATTEMPTS: '1', PYTHONWARNINGS: 'ignore', ...nobody, ...Object.fromEntries(set) };
}

/** What a command of a client prints, which calls the runtime as its operator. @throws Error with what it complains of */
export async function runClient(runtime: LocalRuntime, command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { env: environment(runtime), stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`'${command}' ended with ${String(code)}: ${error}`);
  return output;
}

/** Whether a command is on this machine. */
export const answers = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** A test where what it needs is there; where it is not, it is reported as one that did not run, with the reason. */
export const testWith = (isThere: boolean, what: string, name: string, body: () => Promise<void>): void => {
  if (isThere) test(name, body);
  else {
    process.stderr.write(`did not run: '${name}': ${what} is not on this machine\n`);
    test.skip(`${name} (did not run: ${what} is not on this machine)`, body);
  }
};
