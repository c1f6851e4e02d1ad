import type { Members } from '../../input.ts';
import { kindOfDestination } from '../../lambda/destination.ts';
import type { ResourceType } from '../resource-type.ts';
import { functionArn } from './compute.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
const RETRIES = { least: 0, most: 2 } as const;
const SECONDS = { least: 60, most: 21_600 } as const;

/** What becomes of events that a function gets without anybody who waits. */
export const eventInvokeConfig: ResourceType = {
  acted: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts', 'Qualifier'],
  recorded: [],
  create: (properties, creation) => {
    const arn = functionArn(properties.text('FunctionName'), creation);
    const qualifier = properties.text('Qualifier');
    const config = properties.optionalObject('DestinationConfig')?.only(['OnFailure', 'OnSuccess']);
    const onFailure = destinationOf(config, 'OnFailure');
    const onSuccess = destinationOf(config, 'OnSuccess');
    creation.services.lambda.configureEvents(qualifier === '$LATEST' ? arn : `${arn}:${qualifier}`, {
      retries: within(properties, 'MaximumRetryAttempts', RETRIES),
      age: within(properties, 'MaximumEventAgeInSeconds', SECONDS) * 1000,
      ...(onFailure !== undefined && { onFailure }),
      ...(onSuccess !== undefined && { onSuccess }),
    });
    return { ref: `${arn}:${qualifier}`, attributes: {} };
  },
};

/** @default the most there may be */
function within(properties: Members, name: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const number = properties.optionalNumber(name) ?? most;
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw properties.invalid(name, `must be a whole number from ${least} to ${most}, got ${number}`);
}

/** An empty text is no destination; a bucket is told of failures alone. */
function destinationOf(config: Members | undefined, when: 'OnFailure' | 'OnSuccess'): string | undefined {
  const given = config?.optionalObject(when)?.only(['Destination']);
  const arn = given?.optionalText('Destination');
  if (given === undefined || arn === undefined || arn === '') return undefined;
  const kind = kindOfDestination(arn);
  if (kind !== undefined && !(kind === 'bucket' && when === 'OnSuccess') && !arn.endsWith('.fifo')) return arn;
  const lawful = when === 'OnFailure' ? 'a topic, a queue, a function or a bucket' : 'a topic, a queue or a function';
  throw given.invalid('Destination', `must be ${lawful} here, got '${arn}'`);
}
