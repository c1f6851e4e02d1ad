import { asTexts } from '../../cloudformation/request.ts';
import { isRecord, type Members } from '../../input.ts';
import type { ResourceType } from '../resource-type.ts';
import { standsIn } from './bucket-notifications.ts';

/** Seconds. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
const TIMEOUT = { shortest: 1, longest: 3600 } as const;

/** A resource that a function of the templates makes. */
export const customResource: ResourceType = {
  acted: 'any',
  recorded: [],
  create: async (properties, { resource, services: { customResources, lambda } }) => {
    const serviceToken = properties.text('ServiceToken');
    if (!/^arn:[\w-]+:lambda:/.test(serviceToken))
      throw properties.invalid('ServiceToken', `must be a function's ARN here, got '${serviceToken}'`);
    const stranger = lambda.strangeRuntime(serviceToken);
    if (stranger !== undefined && !standsIn(resource, stranger))
      throw properties.invalid('ServiceToken', `names a function that does not run here: its runtime is ${stranger}`);
    const { physicalId, data } = await customResources.provide({
      ...resource,
      serviceToken,
      properties: Object.fromEntries(properties.names().map((name) => [name, asTexts(properties.raw(name))])),
      timeout: timeoutOf(properties),
    });
    return { ref: physicalId, attributes: Object.fromEntries(Object.entries(data).filter(([, value]) => !isRecord(value))) };
  },
};

function timeoutOf(properties: Members): number {
  const seconds = properties.optionalNumber('ServiceTimeout') ?? TIMEOUT.longest;
  if (Number.isInteger(seconds) && seconds >= TIMEOUT.shortest && seconds <= TIMEOUT.longest) return seconds;
  throw properties.invalid(
    'ServiceTimeout',
    `must be ${TIMEOUT.shortest} to ${TIMEOUT.longest} seconds, got '${String(properties.raw('ServiceTimeout'))}'`,
  );
}
