import { causeOf } from '../../java-cause.ts';
import { ServiceError, type JsonService } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import { COMMON, type SdkService } from './sdk-services.ts';
import { answerOf, requestOf } from './sdk-shape.ts';
import { unlessLacking, withToken } from './sdk.ts';
import type { Task } from './task.ts';

/** A service with integrations of its own, which call it by the first Java SDK. */
export interface OptimizedService {
  readonly sdk: SdkService;
  /** What its errors begin with: `StepFunctions`. */
  readonly prefix: string;
  /** What that SDK calls the service in causes, and its own exception with it: `AWSStepFunctions`. */
  readonly called: string;
}

/** Points in time as that SDK's answers have them as JSON: milliseconds since the epoch. */
const milliseconds = (time: number): number => Math.round(time);

/**
 * One operation of such a service.
 *
 * @param members What a task may give of its request
 */
export const optimized =
  (about: OptimizedService, service: () => JsonService, operation: string, members: readonly string[]): Task =>
  async (asked, caller) => {
    const request = requestOf(about.sdk, asked);
    const stranger = Object.keys(asked ?? {}).find((member) => !members.includes(member));
    if (stranger !== undefined)
      throw new StatesError('States.Runtime', `The field "${stranger}" is not supported by Step Functions`);
    const run = service().operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    const answer = await run(withToken(about.sdk, operation, request), caller).catch((error: unknown) => {
      throw error instanceof ServiceError ? refusedBy(about, error) : error;
    });
    return answerOf(about.sdk, answer, milliseconds);
  };

const refusedBy = ({ sdk: { models = [] }, prefix, called }: OptimizedService, error: ServiceError): StatesError =>
  unlessLacking(error, () => {
    const unmodeled = COMMON.some((code) => code === error.code) && !models.includes(error.code);
    const name = unmodeled ? called : error.code.replace(/Exception$/, '');
    return new StatesError(`${prefix}.${name}Exception`, causeOf(called, error));
  });
