import type { Members } from '../input.ts';
import type { Parameter } from './parameter.ts';
import type { ParameterStore } from './parameter-store.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

/** Finds the parameter that a request is about, for whom the policies allow it. */
type Find = (action: string, context: Context) => Parameter;

const RESOURCE = ['ResourceId', 'ResourceType'];

/** Tags that a request gives, and what policies hear of them. */
export function newTags(input: Members): { readonly tags: Readonly<Record<string, string>>; readonly context: Context } {
  const tags = Object.fromEntries(input.objects('Tags').map((tag) => [tag.text('Key'), tag.text('Value')]));
  const keys = Object.keys(tags);
  const asked = Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, tags[key] ?? '']));
  return { tags, context: keys.length === 0 ? {} : { ...asked, 'aws:TagKeys': keys } };
}

export function addTags(input: Members, find: Find, store: ParameterStore): object {
  input.only([...RESOURCE, 'Tags']);
  const { tags, context } = newTags(input);
  const parameter = find('ssm:AddTagsToResource', context);
  store.tag(parameter, { ...parameter.tags, ...tags });
  return {};
}

export function removeTags(input: Members, find: Find, store: ParameterStore): object {
  const keys = input.only([...RESOURCE, 'TagKeys']).texts('TagKeys');
  const parameter = find('ssm:RemoveTagsFromResource', { 'aws:TagKeys': keys });
  store.tag(parameter, Object.fromEntries(Object.entries(parameter.tags).filter(([key]) => !keys.includes(key))));
  return {};
}

export function listTags(input: Members, find: Find): object {
  input.only(RESOURCE);
  const { tags } = find('ssm:ListTagsForResource', {});
  return { TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}
