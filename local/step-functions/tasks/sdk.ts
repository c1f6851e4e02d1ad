import { randomUUID } from 'node:crypto';
import { isRecord } from '../../input.ts';
import { ServiceError, type Caller, type JsonService } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import type { Integration } from './integration.ts';
import { exceptionName } from './java-name.ts';
import { COMMON, sdkService, type SdkService } from './sdk-services.ts';
import { answerOf, requestOf } from './sdk-shape.ts';

/** The cause of what a service refuses, as an integration of the SDK tells it. */
export const sdkCauseOf = (service: string, { message, status }: ServiceError): string =>
  `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${randomUUID()}) (SDK Attempt Count: 1)`;

/** An operation that a service serves over JSON, asked as Java's SDK spells requests. */
export interface ServedOperation {
  readonly about: SdkService;
  /** As the service's own API has it: `SendMessage`. */
  readonly name: string;
  /** @throws ServiceError; StatesError for members in another spelling */
  readonly ask: (asked: unknown, caller: Caller) => Promise<object>;
  /** Seconds that it waits where a request does not say. */
  readonly ownWait: (asked: unknown) => number;
}

/**
 * The operation that the rest of `aws-sdk:<service>:<operation>` names.
 *
 * @returns undefined for a service or an operation that is not served
 */
export function servedOperation(
  services: readonly JsonService[],
  service: string,
  operation: string,
): ServedOperation | undefined {
  const about = sdkService(service);
  if (about === undefined || !/^[a-z]/.test(operation)) return undefined;
  const name = operation.charAt(0).toUpperCase() + operation.slice(1);
  const { operations = {}, ownWait } = services.find(({ name: signs }) => signs === about.signs) ?? {};
  const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (run === undefined) return undefined;
  return {
    about,
    name,
    ask: async (asked, caller) => run(withToken(about, name, requestOf(about, asked)), caller),
    ownWait: (asked) => ownWait?.(name, requestOf(about, asked)) ?? 0,
  };
}

/**
 * The integration of such an operation.
 *
 * @returns undefined for what is not served
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function sdkIntegration(services: readonly JsonService[], service: string, operation: string): Integration | undefined {
  const served = servedOperation(services, service, operation);
  if (served === undefined) return undefined;
  const { about, name, ask, ownWait } = served;
  const polls = about.polls?.[name];
  return {
    waits: true,
    looks: about.looks?.includes(name) ?? false,
    ...(polls !== undefined && {
      polls: {
        wait: polls.wait,
        otherwise: ownWait,
        isFound: (answer) => hasItems(answer, polls.list),
      },
    }),
    call: async (asked, caller) => {
      const answer = await ask(asked, caller).catch((error: unknown) => {
        throw error instanceof ServiceError ? refusedBy(about, error) : error;
      });
      return answerOf(about, answer);
    },
  };
}

function hasItems(answer: unknown, list: string): boolean {
  const items = isRecord(answer) ? answer[list] : undefined;
  return Array.isArray(items) && items.length > 0;
}

export function withToken(
  { tokens = {} }: SdkService,
  operation: string,
  request: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const token = tokens[operation];
  return token === undefined ? request : { [token]: randomUUID(), ...request };
}

/** What is not simulated is no error of the service's: nothing that takes errors may take it for one. */
export const unlessLacking = (error: ServiceError, told: () => StatesError): StatesError =>
  error.code === 'NotImplemented' ? new StatesError('States.Runtime', error.message) : told();

const refusedBy = ({ client, models = [] }: SdkService, error: ServiceError): StatesError =>
  unlessLacking(error, () => {
    const unmodeled = COMMON.some((code) => code === error.code) && !models.includes(error.code);
    return new StatesError(
      `${client}.${unmodeled ? `${client}Exception` : exceptionName(error.code)}`,
      sdkCauseOf(client, error),
    );
  });
