import { ServiceError } from '../service.ts';
import { formTree, numbered, type FormTree } from './form.ts';
import { readAttributes, type GivenAttribute, type MessageAttributes } from './message-attributes.ts';
import { checkNotice, invalidParameter, lengthOf, MOST_BYTES, type Notice } from './notice.ts';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const MOST_ENTRIES = 10;
const ENTRY_ID = /^[\w-]{1,80}$/;

const MESSAGE = ['Message', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId', 'MessageStructure', 'Subject'];

const textOf = (tree: FormTree, name: string): string | undefined => {
  const value = tree[name];
  return typeof value === 'string' ? value : undefined;
};

/** @throws ServiceError InvalidParameterException for a field that nobody reads here */
export function onlyKnown(tree: FormTree, known: readonly string[]): FormTree {
  const stranger = Object.keys(tree).find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new ServiceError('NotImplemented', `NotImplemented: sns with '${stranger}' is not simulated by headwaters`, 501);
  return tree;
}

/**
 * The parts of an ARN that a form gives.
 *
 * @throws ServiceError InvalidParameterException
 */
export function arnIn(fields: ReadonlyMap<string, string>, name: string): string {
  const arn = fields.get(name);
  if (arn === undefined) throw invalidParameter(`${name} Reason: no value for required parameter`);
  const elements = arn.split(':').length;
  if (elements < 6) throw invalidParameter(`${name} Reason: An ARN must have at least 6 elements, not ${elements}`);
  return arn;
}

/** The ARN of a topic of a region. @throws ServiceError InvalidParameterException */
export function topicArnIn(fields: ReadonlyMap<string, string>, region: string, name = 'TopicArn'): string {
  const arn = arnIn(fields, name);
  const [, , service, place] = arn.split(':');
  if (service !== 'sns' || place !== region) throw invalidParameter(name);
  return arn;
}

/** What Publish is to send. @throws ServiceError InvalidParameterException, InvalidParameterValueException, NotImplemented */
export function readPublish(fields: ReadonlyMap<string, string>, region: string): Notice {
  const tree = onlyKnown(formTree(fields), [...MESSAGE, 'TopicArn', 'TargetArn']);
  return readMessage(tree, targetOf(fields, region), 'messageAttributes');
}

function targetOf(fields: ReadonlyMap<string, string>, region: string): string {
  if (fields.has('TopicArn') === fields.has('TargetArn'))
    throw invalidParameter(
      fields.has('TopicArn')
        ? 'TopicArn or TargetArn Reason: Only one of them may be there'
        : 'TopicArn or TargetArn Reason: no value for required parameter',
    );
  if (fields.has('TopicArn')) return topicArnIn(fields, region);
  if (/^endpoint\//.test(arnIn(fields, 'TargetArn').split(':')[5] ?? ''))
    throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
  return topicArnIn(fields, region, 'TargetArn');
}

/** What PublishBatch is to send, by the ids of its entries. @throws ServiceError as `readPublish`, and for the batch as a whole */
export function readBatch(fields: ReadonlyMap<string, string>, region: string): ReadonlyMap<string, Notice> {
  const tree = onlyKnown(formTree(fields), ['TopicArn', 'PublishBatchRequestEntries']);
  const topicArn = topicArnIn(fields, region);
  const entries = numbered(tree.PublishBatchRequestEntries, 'member').map((entry) => onlyKnown(entry, ['Id', ...MESSAGE]));
  if (entries.length === 0) throw new ServiceError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > MOST_ENTRIES)
    throw new ServiceError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  const ids = entries.map((entry) => textOf(entry, 'Id') ?? '');
  if (!ids.every((id) => ENTRY_ID.test(id)))
    throw new ServiceError(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  if (new Set(ids).size < ids.length)
    throw new ServiceError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  const notices = entries.map((entry, index) =>
    readMessage(entry, topicArn, `publishBatchRequestEntries.${index + 1}.member.messageAttributes`),
  );
  if (notices.reduce((sum, notice) => sum + lengthOf(notice), 0) > MOST_BYTES)
    throw new ServiceError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
  notices.forEach(checkNotice);
  return new Map(notices.map((notice, index) => [ids[index] ?? '', notice]));
}

function readMessage(tree: FormTree, topicArn: string, place: string): Notice {
  const structure = textOf(tree, 'MessageStructure');
  if (structure !== undefined && structure !== 'json') throw invalidParameter('MessageStructure');
  if (textOf(tree, 'MessageDeduplicationId') !== undefined)
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  return {
    topicArn,
    subject: textOf(tree, 'Subject'),
    message: textOf(tree, 'Message') ?? '',
    attributes: attributesOf(tree, place),
    isStructured: structure === 'json',
    groupId: textOf(tree, 'MessageGroupId'),
    holdsData: true,
  };
}

function attributesOf(tree: FormTree, place: string): MessageAttributes {
  const given = numbered(tree.MessageAttributes, 'entry').map((entry): GivenAttribute => {
    const value = typeof entry.Value === 'object' ? entry.Value : ({} as FormTree);
    return {
      name: textOf(entry, 'Name') ?? '',
      type: textOf(value, 'DataType'),
      text: textOf(value, 'StringValue'),
      binary: textOf(value, 'BinaryValue'),
    };
  });
  return readAttributes(given, place);
}
