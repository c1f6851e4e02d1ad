import { isRecord } from '../../input.ts';

/** Actions whose answers have no result. */
const VOID = [
  'AddPermission',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'DeleteQueue',
  'PurgeQueue',
  'RemovePermission',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
];

/** Lists, of which XML has one element for each item. */
const LISTS: Readonly<Record<string, string>> = {
  Failed: 'BatchResultErrorEntry',
  Messages: 'Message',
  QueueUrls: 'QueueUrl',
  queueUrls: 'QueueUrl',
  Results: 'ListMessageMoveTasksResultEntry',
};

/** Maps, of which XML has one element for each entry. */
const MAPS: Readonly<Record<string, readonly [element: string, key: string]>> = {
  Attributes: ['Attribute', 'Name'],
  MessageAttributes: ['MessageAttribute', 'Name'],
  Tags: ['Tag', 'Key'],
};

/** What an action answers in JSON as its XML has it; undefined for one that answers nothing. */
export function inXml(action: string, answer: object): object | undefined {
  if (VOID.includes(action)) return undefined;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]: [string, unknown]) => {
      const list = name === 'Successful' ? `${action}ResultEntry` : LISTS[name];
      if (list !== undefined && Array.isArray(value))
        return [list, value.map((item: unknown) => (isRecord(item) ? inXml('', item) : item))];
      const map = MAPS[name];
      if (map === undefined || !isRecord(value)) return [name, value];
      const [element, key] = map;
      return [element, Object.entries(value).map(([one, Value]) => ({ [key]: one, Value }))];
    }),
  );
}
