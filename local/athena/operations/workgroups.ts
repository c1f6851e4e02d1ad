import type { Members } from '../../input.ts';
import type { Caller, Operation } from '../../service.ts';
import type { Athena } from '../athena.ts';
import { notThere } from '../invalid-request.ts';
import { workGroupSummary, workGroupView, type WorkGroup } from '../workgroup.ts';
import { page, paging, request } from './request.ts';

/** In one answer, at most. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ListWorkGroups.html */
const MOST = 50;
/** Tags of a resource. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_TagResource.html */
const MOST_TAGS = 50;

export const workGroupOperations = ({ workGroups }: Athena): Readonly<Record<string, Operation>> => {
  /** The workgroup that an ARN names. */
  const tagged = (caller: Caller, action: string, members: Members): WorkGroup => {
    const arn = members.text('ResourceARN');
    const name = /^arn:aws:athena:[^:]*:[^:]*:workgroup\/(.+)$/.exec(arn)?.[1] ?? '';
    if (name === '' || workGroups.arn(name) !== arn) throw notThere(`Resource ${arn} was not found`);
    return workGroups.for(caller, action, name);
  };
  return {
    GetWorkGroup: async (input, caller) => ({
      WorkGroup: workGroupView(workGroups.for(caller, 'athena:GetWorkGroup', request(input, 'WorkGroup').text('WorkGroup'))),
    }),
    ListWorkGroups: async (input, caller) => {
      const members = request(input, 'MaxResults', 'NextToken');
      const { items, next } = page(workGroups.list(caller), paging(members, MOST));
      return { WorkGroups: items.map(workGroupSummary), ...next };
    },
    ListTagsForResource: async (input, caller) => {
      const members = request(input, 'ResourceARN', 'MaxResults', 'NextToken');
      const { tags = {} } = tagged(caller, 'athena:ListTagsForResource', members);
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
    TagResource: async (input, caller) => {
      const members = request(input, 'ResourceARN', 'Tags');
      const { name, tags } = tagged(caller, 'athena:TagResource', members);
      const given = members.objects('Tags').map((tag) => [tag.text('Key'), tag.optionalText('Value') ?? ''] as const);
      const all = { ...tags, ...Object.fromEntries(given) };
      if (Object.keys(all).length > MOST_TAGS) throw members.invalid('Tags', `must come to ${MOST_TAGS} at most`);
      workGroups.retag(name, all);
      return {};
    },
    UntagResource: async (input, caller) => {
      const members = request(input, 'ResourceARN', 'TagKeys');
      const { name, tags = {} } = tagged(caller, 'athena:UntagResource', members);
      const gone = new Set(members.texts('TagKeys'));
      workGroups.retag(name, Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))));
      return {};
    },
  };
};
