import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import type { Outcome } from '../lambda/function-thread.ts';
import { readAnswer, type Answer } from './answer.ts';
import { CustomResourceError } from './custom-resource-error.ts';
import type { Inbox } from './inbox.ts';
import { requestOf, type Change, type CustomResource } from './request.ts';

export interface ProviderParts {
  readonly clock: SimulatedClock;
  readonly inbox: Inbox;
  /** Whether something is under way that may answer: an execution, or an event for a function. */
  readonly underWay: () => boolean;
  /** Invokes a function by its ARN, as whoever deploys. @throws ServiceError where there is none, or none that runs here */
  readonly invoke: (arn: string, event: unknown) => Promise<Outcome>;
}

/** Invocations of one event that nobody waits for. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const ATTEMPTS = 3;

/** What was put into the letterbox, once it was. */
interface Heard {
  text?: string;
}

/**
 * Asks a custom resource's provider for a change, and waits for its answer. A function may end before it comes: a workflow that it has begun goes
 * on, for which the clock moves, as time passes on AWS.
 *
 * @throws {@link CustomResourceError} where the change failed, or nobody answered in time
 * @throws ServiceError where there is no such function, or none that runs here
 */
export async function provide(resource: CustomResource, change: Change, parts: ProviderParts): Promise<Answer> {
  const requestId = randomUUID();
  const { stackId, logicalId } = resource;
  const letterbox = parts.inbox.letterbox(`${stackId}|${logicalId}|${requestId}`);
  const heard: Heard = {};
  const listening = letterbox.answer.then((text) => {
    heard.text = text;
  });
  try {
    const event = requestOf(resource, change, { requestId, responseUrl: letterbox.url });
    const silence =
      (await silenceOf(event, resource, { heard, listening }, parts)) ?? (await silenceAfter(resource, heard, parts));
    if (heard.text === undefined) throw noAnswer(requestId, silence);
    return readAnswer(heard.text, { StackId: stackId, RequestId: requestId, LogicalResourceId: logicalId });
  } finally {
    letterbox.close();
  }
}

/**
 * Invokes the function, and again where it fails, until it has answered or its time is over on the wall clock.
 *
 * @returns Why there is no answer and none will come; undefined where there is one, or one may come
 */
async function silenceOf(
  event: unknown,
  { serviceToken, timeout }: CustomResource,
  { heard, listening }: { readonly heard: Heard; readonly listening: Promise<void> },
  { invoke }: ProviderParts,
): Promise<string | undefined> {
  const watch = new AbortController();
  const over = new Promise<'over'>((resolve) => {
    const timer = setTimeout(resolve, timeout * 1000, 'over');
    watch.signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  });
  try {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await Promise.race([listening, invoke(serviceToken, event), over]);
      if (heard.text !== undefined || outcome === undefined) return undefined;
      if (outcome === 'over') return `its function did not answer within ${timeout} s`;
      if ('answer' in outcome) return undefined;
      if (attempt === ATTEMPTS) return `its function failed with ${outcome.errorType}: ${outcome.errorMessage}`;
    }
  } finally {
    watch.abort();
  }
}

/** Moves the clock for as long as something is under way that may answer. @returns Why nobody has */
async function silenceAfter({ timeout }: CustomResource, heard: Heard, { clock, underWay }: ProviderParts): Promise<string> {
  const end = clock.now() + timeout * 1000;
  while (heard.text === undefined && underWay()) {
    const due = clock.due();
    if (due === undefined || due > end) return `nothing has answered within ${timeout} s`;
    await clock.advanceTo(due);
  }
  return 'its function ended without a word, and nothing that it began is under way';
}

const noAnswer = (requestId: string, why: string): CustomResourceError =>
  new CustomResourceError(
    `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]; ${why}`,
  );
