import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { restoreTags } from '../restore-tags.ts';
import { texts } from '../texts.ts';
import type { Delivery, DeliveryProperties, DeliveryState } from './delivery.ts';

const key = z.object({ type: z.enum(['AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK']), arn: z.string().optional() });

/** What the template said, so that a later one that says otherwise wins over what was changed by calls. */
const declared = z.object({ destination: z.unknown(), encryption: z.unknown().optional(), tags: texts });

/** Optional members are absent from what earlier versions saved. */
const savedChanges = z.object({
  version: z.int(),
  properties: z.record(z.string(), z.unknown()),
  created: z.number(),
  updated: z.number().optional(),
  declared: declared.optional(),
  encryption: z.object({ key: key.optional(), changes: z.array(z.number()) }).optional(),
  tags: texts.optional(),
});
type SavedChanges = z.infer<typeof savedChanges>;

/** What calls change of a delivery stream, as it is saved. */
export const changesShape = savedChanges.shape;

export function changesOf(delivery: Delivery): SavedChanges {
  const { state, encryption, tags } = delivery;
  return {
    ...state,
    declared: declaredBy(delivery),
    encryption: { ...encryption.state, changes: [...encryption.state.changes] },
    tags: Object.fromEntries(tags),
  };
}

/**
 * Takes over the encryption and the tags as calls had left them, and answers the state to go on from. What the template says otherwise than
 * the last one did, holds from now on; of the destination that is an update, and a version of its own.
 */
export function restoreChanges(delivery: Delivery, saved: SavedChanges, now: number): DeliveryState {
  const { encryption, tags, declared: before } = saved;
  const template = declaredBy(delivery);
  if (encryption !== undefined) {
    const same = isSame(template.encryption, before?.encryption);
    delivery.encryption.restore(same ? encryption : { ...delivery.encryption.state, changes: encryption.changes });
  }
  if (tags !== undefined) restoreTags(delivery.tags, { tags, declared: before?.tags });
  const { version, created, updated, properties } = saved;
  const destination = destinationOf(properties);
  // without a word of what was declared, a destination that calls had changed looks like one that the template did
  if (!isSame(template.destination, before === undefined ? destination : before.destination)) {
    return { version: version + 1, properties: delivery.declared, created, updated: now };
  }
  const kept = { ...delivery.declared, ExtendedS3DestinationConfiguration: destination };
  return { version, properties: kept, created, updated };
}

function declaredBy({ declared: properties, settings }: Delivery): z.infer<typeof declared> {
  return {
    destination: destinationOf(properties),
    encryption: properties.DeliveryStreamEncryptionConfigurationInput,
    tags: Object.fromEntries(settings.tags),
  };
}

const destinationOf = (properties: DeliveryProperties): unknown => properties.ExtendedS3DestinationConfiguration;

/** Whether both are the same once saved: a member that is undefined is none. */
const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(asSaved(one), asSaved(other));
const asSaved = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
