import { isRecord, type Members } from '../../input.ts';
import { SETTABLE } from '../../sqs/queue-attributes.ts';
import { stableUuid } from '../physical-name.ts';
import type { Creation, ResourceType } from '../resource-type.ts';

/** Attributes whose value is an object in a template, and a text in the API. */
const OBJECTS = ['RedriveAllowPolicy', 'RedrivePolicy'];
/** A policy is a resource of its own in a template. */
const ATTRIBUTES = [...SETTABLE.filter((name) => name !== 'Policy'), 'FifoQueue'];

export const queue: ResourceType = {
  acted: [...ATTRIBUTES, 'QueueName', 'Tags'],
  recorded: [],
  create: (properties, creation) => {
    const { queues } = creation.services;
    const isFifo = properties.optionalBoolean('FifoQueue') === true;
    const name = nameOf(properties, creation, isFifo);
    const tags = properties.objects('Tags').map((tag) => [tag.text('Key'), tag.optionalText('Value') ?? ''] as const);
    const made = queues.create(name, attributesOf(properties, isFifo), Object.fromEntries(tags));
    const url = queues.urlOf(made);
    return { ref: url, attributes: { Arn: made.arn, QueueName: name, QueueUrl: url } };
  },
};

function nameOf(properties: Members, creation: Creation, isFifo: boolean): string {
  const suffix = isFifo ? '.fifo' : '';
  const given = properties.optionalText('QueueName');
  return given ?? `${creation.name(undefined, { longest: 80 - suffix.length })}${suffix}`;
}

/** What a template says of a queue, as CreateQueue takes it. A queue is standard where `FifoQueue` is false. */
function attributesOf(properties: Members, isFifo: boolean): Readonly<Record<string, string>> {
  const given = ATTRIBUTES.filter((name) => properties.has(name) && (name !== 'FifoQueue' || isFifo));
  return Object.fromEntries(
    given.map((name) => [name, OBJECTS.includes(name) ? JSON.stringify(properties.raw(name)) : String(properties.raw(name))]),
  );
}

function setPolicy(
  properties: Members,
  creation: Creation,
  urls: readonly string[],
): { ref: string; attributes: { Id: string } } {
  const { queues } = creation.services;
  const document = properties.raw('PolicyDocument');
  if (!isRecord(document)) throw properties.invalid('PolicyDocument', 'must be an object');
  const Policy = JSON.stringify(document);
  for (const url of urls) queues.setAttributes(queues.byUrl(url), { Policy }, true);
  const id = stableUuid(`${creation.stack}/${creation.logicalId}`);
  return { ref: id, attributes: { Id: id } };
}

export const queuePolicy: ResourceType = {
  acted: ['PolicyDocument', 'Queues'],
  recorded: [],
  create: (properties, creation) => setPolicy(properties, creation, properties.texts('Queues')),
};

export const queueInlinePolicy: ResourceType = {
  acted: ['PolicyDocument', 'Queue'],
  recorded: [],
  create: (properties, creation) => ({
    ...setPolicy(properties, creation, [properties.text('Queue')]),
    ref: properties.text('Queue'),
  }),
};
