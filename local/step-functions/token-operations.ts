import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller, type Operation } from '../service.ts';
import { isTooDeep } from './depth.ts';
import { LARGEST_PAYLOAD } from './payload.ts';
import type { Callback, TaskTokens } from './task-tokens.ts';

/** Operations of those who have the token of a task that waits. */
export function tokenOperations(tokens: TaskTokens, access: Access): Readonly<Record<string, Operation>> {
  /** The task that waits for the token of a request. @throws ServiceError InvalidToken, TaskTimedOut, AccessDeniedException */
  const taskOf = (input: Members, caller: Caller, action: string): Callback => {
    const token = input.text('taskToken');
    const callback = tokens.find(token);
    access.check(caller, action, tokens.resourceOf(token) ?? '*');
    if (callback === undefined) throw tokens.refusal(token);
    return callback;
  };
  return {
    SendTaskSuccess: async (raw, caller) => {
      const input = new Members(raw).only(['taskToken', 'output']);
      const callback = taskOf(input, caller, 'states:SendTaskSuccess');
      callback.give({ output: outputIn(input) });
      return {};
    },
    SendTaskFailure: async (raw, caller) => {
      const input = new Members(raw).only(['taskToken', 'error', 'cause']);
      const callback = taskOf(input, caller, 'states:SendTaskFailure');
      callback.give({ error: input.optionalText('error'), cause: input.optionalText('cause') });
      return {};
    },
    SendTaskHeartbeat: async (raw, caller) => {
      const callback = taskOf(new Members(raw).only(['taskToken']), caller, 'states:SendTaskHeartbeat');
      callback.beat();
      return {};
    },
  };
}

/** @throws ServiceError InvalidOutput */
function outputIn(input: Members): unknown {
  const text = input.text('output');
  const refuse = (rule: string) => new ServiceError('InvalidOutput', `Invalid Output: ${rule}`);
  if (Buffer.byteLength(text) > LARGEST_PAYLOAD) throw refuse(`it must have at most ${LARGEST_PAYLOAD} bytes`);
  let output: unknown;
  try {
    output = JSON.parse(text);
  } catch {
    throw refuse('it is no JSON');
  }
  if (isTooDeep(output)) throw refuse('it is nested too deeply');
  return output;
}
