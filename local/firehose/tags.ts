import type { Members } from '../input.ts';
import type { Delivery } from './delivery.ts';

/** Tags of one delivery stream. @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_TagDeliveryStream.html */
const MOST_TAGS = 50;

/** Tags as a request or a template lists them; a tag may have no value. @throws what `refuse` of the members makes */
export function readTags(input: Members): readonly (readonly [string, string])[] {
  return input.objects('Tags').map((tag) => {
    tag.only(['Key', 'Value']);
    const key = tag.text('Key');
    const value = tag.optionalText('Value') ?? '';
    if (key.length < 1 || key.length > 128) throw tag.invalid('Key', 'must have 1 to 128 characters');
    if (value.length > 256) throw tag.invalid('Value', 'must have at most 256 characters');
    return [key, value];
  });
}

export function tag({ tags }: Delivery, input: Members): object {
  const added = readTags(input.only(['DeliveryStreamName', 'Tags']));
  if (new Set([...tags.keys(), ...added.map(([key]) => key)]).size > MOST_TAGS) {
    throw input.invalid('Tags', `must leave the stream with at most ${MOST_TAGS} tags`);
  }
  for (const [key, value] of added) tags.set(key, value);
  return {};
}

export function untag({ tags }: Delivery, input: Members): object {
  for (const key of input.only(['DeliveryStreamName', 'TagKeys']).texts('TagKeys')) tags.delete(key);
  return {};
}

export function listTags({ tags }: Delivery, input: Members): object {
  input.only(['DeliveryStreamName', 'ExclusiveStartTagKey', 'Limit']);
  const after = input.optionalText('ExclusiveStartTagKey');
  const limit = input.optionalNumber('Limit') ?? MOST_TAGS;
  if (!(limit >= 1 && limit <= MOST_TAGS)) throw input.invalid('Limit', `must be 1 to ${MOST_TAGS}, got ${limit}`);
  const found = [...tags]
    .map(([Key, Value]) => ({ Key, Value }))
    .filter(({ Key }) => after === undefined || Key > after)
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
  return { Tags: found.slice(0, limit), HasMoreTags: found.length > limit };
}
