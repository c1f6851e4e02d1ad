import { readForm, type Form, type FormField, type FormFields } from '../form.ts';
import { isRecord } from '../input.ts';
import { ServiceError } from '../service.ts';
import { readAttributes, type GivenAttribute, type MessageAttributes } from './message-attributes.ts';
import { invalidParameter, lengthOf, MOST_BYTES, type Notice } from './notice.ts';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const MOST_ENTRIES = 10;
const ENTRY_ID = /^[\w-]{1,80}$/;

const ATTRIBUTE: FormField = { fields: { DataType: 'text', StringValue: 'text', BinaryValue: 'text' } };
const MESSAGE: FormFields['fields'] = {
  Message: 'text',
  MessageAttributes: { map: ['Name', 'Value', ATTRIBUTE], within: 'entry' },
  MessageDeduplicationId: 'text',
  MessageGroupId: 'text',
  MessageStructure: 'text',
  Subject: 'text',
};
const PUBLISH: FormFields = { fields: { ...MESSAGE, TopicArn: 'text', TargetArn: 'text' } };
const BATCH: FormFields = {
  fields: { TopicArn: 'text', PublishBatchRequestEntries: { list: { fields: { ...MESSAGE, Id: 'text' } }, within: 'member' } },
};

const textOf = (form: Form, name: string): string | undefined => {
  const value = form[name];
  return typeof value === 'string' ? value : undefined;
};

/** @throws ServiceError NotImplemented for a field that nobody reads here */
export const readKnown = (fields: ReadonlyMap<string, string>, known: FormFields): Form =>
  readForm(fields, known, (name) => {
    return new ServiceError('NotImplemented', `NotImplemented: sns with '${name}' is not simulated by headwaters`, 501);
  });

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
  return readMessage(readKnown(fields, PUBLISH), targetOf(fields, region), 'messageAttributes');
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
  const { PublishBatchRequestEntries: given = [] } = readKnown(fields, BATCH);
  const topicArn = topicArnIn(fields, region);
  const entries = Array.isArray(given) ? given.filter(isRecord) : [];
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
  return new Map(notices.map((notice, index) => [ids[index] ?? '', notice]));
}

function readMessage(form: Form, topicArn: string, place: string): Notice {
  const structure = textOf(form, 'MessageStructure');
  if (structure !== undefined && structure !== 'json') throw invalidParameter('MessageStructure');
  return {
    topicArn,
    subject: textOf(form, 'Subject'),
    message: textOf(form, 'Message') ?? '',
    attributes: attributesOf(form, place),
    isStructured: structure === 'json',
    groupId: textOf(form, 'MessageGroupId'),
    deduplicationId: textOf(form, 'MessageDeduplicationId'),
    holdsData: true,
  };
}

function attributesOf({ MessageAttributes: attributes }: Form, place: string): MessageAttributes {
  const given = Object.entries(isRecord(attributes) ? attributes : {}).map(([name, attribute]): GivenAttribute => {
    const value = isRecord(attribute) ? attribute : {};
    return { name, type: textOf(value, 'DataType'), text: textOf(value, 'StringValue'), binary: textOf(value, 'BinaryValue') };
  });
  return readAttributes(given, place);
}
