import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import type { Outcome } from '../lambda/function-thread.ts';
import { readAnswer, type Answer } from './answer.ts';
import { CustomResourceError } from './custom-resource-error.ts';
import type { Inbox, Letterbox } from './inbox.ts';
import { requestOf, type Change, type CustomResource } from './request.ts';

export interface ProviderParts {
  readonly clock: SimulatedClock;
  readonly inbox: Inbox;
  /** Invokes a function by its ARN, as whoever deploys. @throws ServiceError where there is none, or none that runs here */
  readonly invoke: (arn: string, event: unknown) => Promise<Outcome>;
}

/** Invocations of one event that nobody waits for. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const ATTEMPTS = 3;

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
  try {
    const event = requestOf(resource, change, { requestId, responseUrl: letterbox.url });
    const body = await answerTo(event, resource, letterbox, parts);
    if ('silence' in body) throw noAnswer(requestId, body.silence);
    return readAnswer(body.text, { StackId: stackId, RequestId: requestId, LogicalResourceId: logicalId });
  } finally {
    letterbox.close();
  }
}

type Heard = { readonly text: string } | { readonly silence: string };

async function answerTo(
  event: unknown,
  { serviceToken, timeout }: CustomResource,
  { answer }: Letterbox,
  { clock, invoke }: ProviderParts,
): Promise<Heard> {
  let heard: string | undefined;
  const listening = answer.then((text) => {
    heard = text;
  });
  let outcome: Outcome | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS && (outcome === undefined || 'errorType' in outcome); attempt += 1) {
    const invoked = invoke(serviceToken, event).then((ended) => {
      outcome = ended;
    });
    await Promise.race([listening, invoked]);
    if (heard !== undefined) return { text: heard };
  }
  if (outcome !== undefined && 'errorType' in outcome)
    return { silence: `its function failed with ${outcome.errorType}: ${outcome.errorMessage}` };
  const end = clock.now() + timeout * 1000;
  for (let due = clock.due(); due !== undefined && due <= end; due = clock.due()) {
    await clock.advanceTo(due);
    if (heard !== undefined) return { text: heard };
  }
  return { silence: 'its function ended without a word, and nothing that it began is under way' };
}

const noAnswer = (requestId: string, why: string): CustomResourceError =>
  new CustomResourceError(
    `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]; ${why}`,
  );
