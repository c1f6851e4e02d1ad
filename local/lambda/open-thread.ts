import { existsSync } from 'node:fs';
import path from 'node:path';
import { functionEnvironment, memoryOf } from './function-environment.ts';
import { levelOf, type FunctionLog } from './function-log.ts';
import type { FunctionSession, FunctionSettings } from './function-settings.ts';
import { FunctionThread, type AnswersPlace } from './function-thread.ts';

/** What a function's thread is given. */
export interface ThreadParts {
  readonly region: string;
  /** Called when a function's thread starts. */
  readonly session: (roleArn: string, holder: { readonly arn: string; readonly name: string }) => FunctionSession;
  /** Where functions reach AWS. */
  readonly endpoint: string;
  /** Where their answers to CloudFormation go. */
  readonly answers: AnswersPlace;
}

const ENDINGS = ['.mjs', '.js', '.cjs'] as const;

/** The thread of a function, which starts with its first event. @throws Error when the code holds no such handler file */
export function openThread(settings: FunctionSettings, log: FunctionLog, parts: ThreadParts): FunctionThread {
  const { region, endpoint, answers } = parts;
  const dot = settings.handler.lastIndexOf('.');
  const [module, exported] = [settings.handler.slice(0, dot), settings.handler.slice(dot + 1)];
  const file = ENDINGS.map((ending) => path.join(settings.code, module + ending)).find((name) => existsSync(name));
  if (file === undefined)
    throw new Error(`the code of function ${settings.name} holds no '${module}.mjs' or '${module}.js'; build the functions`);
  return new FunctionThread(() => {
    const session = parts.session(settings.roleArn, settings);
    log.writeAs(session.caller);
    return {
      file,
      exported,
      runtime: settings.runtime,
      layers: settings.layers,
      answers,
      environment: functionEnvironment(settings, session, { region, endpoint }),
      memoryMb: memoryOf(settings),
      onLine: (text) => {
        log.write(levelOf(text), text);
      },
    };
  });
}
