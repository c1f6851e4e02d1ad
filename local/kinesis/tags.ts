import { countAsked } from './describe.ts';
import { invalidArgument, STREAM_NAMES, type StreamOperation } from './context.ts';
import type { Stream } from './stream.ts';

/** Tags of one stream. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html */
const MOST_TAGS = 50;

export const addTagsToStream: StreamOperation = (stream, input) => {
  return addTags(stream, input.only([...STREAM_NAMES, 'Tags']).textMap('Tags'));
};

export const removeTagsFromStream: StreamOperation = (stream, input) => {
  return removeTags(stream, input.only([...STREAM_NAMES, 'TagKeys']).texts('TagKeys'));
};

/** In order of their keys. */
export const listTagsForStream: StreamOperation = (stream, input) => {
  input.only([...STREAM_NAMES, 'ExclusiveStartTagKey', 'Limit']);
  const after = input.optionalText('ExclusiveStartTagKey');
  const found = tagsOf(stream).filter(({ Key }) => after === undefined || Key > after);
  const limit = countAsked(input, 'Limit') ?? MOST_TAGS;
  return { Tags: found.slice(0, limit), HasMoreTags: found.length > limit };
};

export const tagResource: StreamOperation = (stream, input) =>
  addTags(stream, input.only(['ResourceARN', 'Tags']).textMap('Tags'));

export const untagResource: StreamOperation = (stream, input) =>
  removeTags(stream, input.only(['ResourceARN', 'TagKeys']).texts('TagKeys'));

export const listTagsForResource: StreamOperation = (stream, input) => {
  input.only(['ResourceARN']);
  return { Tags: tagsOf(stream) };
};

function addTags({ tags, settings }: Stream, added: Readonly<Record<string, string>>): object {
  const keys = new Set([...tags.keys(), ...Object.keys(added)]);
  if (keys.size > MOST_TAGS) {
    throw invalidArgument(
      `Failed to add tags to stream ${settings.name} because a given stream cannot have more than ${MOST_TAGS} tags associated with it.`,
    );
  }
  const wrong = Object.entries(added).find(([key, value]) => key.length < 1 || key.length > 128 || value.length > 256);
  if (wrong !== undefined) throw invalidArgument('A tag has a key of 1 to 128 characters and a value of at most 256.');
  for (const [key, value] of Object.entries(added)) tags.set(key, value);
  return {};
}

function removeTags({ tags }: Stream, keys: readonly string[]): object {
  for (const key of keys) tags.delete(key);
  return {};
}

function tagsOf({ tags }: Stream): { readonly Key: string; readonly Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value })).sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
