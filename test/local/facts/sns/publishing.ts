import { functionEvent } from '../../../../local/sns/function-event.ts';
import { attribute, batch, TOPIC, topics } from '../../sns/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const SNS = recorded('sns/test_sns');
const api = (page: string): string => `https://docs.aws.amazon.com/sns/latest/api/API_${page}.html`;
const MESSAGE = { TopicArn: TOPIC, Message: 'hello' };
const INVALID = '400 InvalidParameter: Invalid parameter: ';
const VALUE = '400 ParameterValueInvalid: ';

/** What clients publish to topics. */
export const snsPublishing: FactTable = {
  service: 'SNS, publishing',
  facts: [
    {
      says: 'Publish answers the id that each who subscribes is told, and TargetArn may name the topic in the place of TopicArn',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { ask, subscribe, told } = topics();
        subscribe();
        for (const name of ['TopicArn', 'TargetArn']) {
          const answer = ask('Publish', { [name]: TOPIC, Message: 'hello', Subject: 'of it' });
          expect(answer).toEqual({ MessageId: told.at(-1)?.notice.messageId });
        }
        expect(told.map(({ notice: { subject, message } }) => [subject, message])).toEqual([
          ['of it', 'hello'],
          ['of it', 'hello'],
        ]);
      },
    },
    {
      says: 'an ARN of fewer than six elements, a topic of another region, an endpoint that is not there and an empty ARN are InvalidParameter, a topic that is not there NotFound',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { refusal } = topics();
        const to = (TopicArn: string) => refusal('Publish', { ...MESSAGE, TopicArn });
        const few = (count: number) => `${INVALID}TopicArn Reason: An ARN must have at least 6 elements, not ${count}`;
        expect([to('randomstring'), to('randomstring:1'), to('')]).toEqual([few(1), few(2), few(1)]);
        expect(to(TOPIC.replace('us-east-1', 'eu-west-1'))).toBe(`${INVALID}TopicArn`);
        expect(to(`${TOPIC}2`)).toBe('404 NotFound: Topic does not exist');
        const TargetArn = 'arn:aws:sns:us-east-1:123456789012:endpoint/APNS/abcdef/f7d5fbdc';
        expect(refusal('Publish', { Message: 'hello', TargetArn })).toBe(
          `${INVALID}TargetArn Reason: No endpoint found for the target arn specified`,
        );
      },
    },
    {
      says: 'a message must not be empty, nor hold more than 256 KB with its attributes, and a subject must not be empty',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { refusal } = topics();
        const publish = (rest: object) => refusal('Publish', { ...MESSAGE, ...rest });
        expect(publish({ Message: '' })).toBe(`${INVALID}Empty message`);
        expect(publish({ Subject: '' })).toBe(`${INVALID}Subject`);
        expect(publish({ Message: 'x'.repeat(2 ** 18) })).toBe('taken');
        expect(publish({ Message: 'x'.repeat(2 ** 18 + 1) })).toBe(`${INVALID}Message too long`);
        const one = attribute({ DataType: 'String', StringValue: 'y' });
        const counted = 'attr1Stringy'.length;
        expect(publish({ Message: 'x'.repeat(2 ** 18 - counted), ...one })).toBe('taken');
        expect(publish({ Message: 'x'.repeat(2 ** 18 - counted + 1), ...one })).toBe(`${INVALID}Message too long`);
      },
    },
    {
      says: 'MessageStructure json wants JSON with a text for default; each protocol gets its own text, or that one',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { ask, refusal, subscribe, told } = topics();
        const publish = (Message: string) => refusal('Publish', { TopicArn: TOPIC, Message, MessageStructure: 'json' });
        const none = `${INVALID}Message Structure - No default entry in JSON message body`;
        expect([publish('{"sqs":"x"}'), publish('{"default":{"object":"x"}}')]).toEqual([none, none]);
        expect(publish('{invalid')).toBe(`${INVALID}Message Structure - JSON message body failed to parse`);
        for (const protocol of ['lambda', 'sqs']) subscribe({ protocol });
        const Message = JSON.stringify({ default: 'for all', sqs: 'for queues' });
        ask('Publish', { TopicArn: TOPIC, Message, MessageStructure: 'json' });
        expect(told.map(({ notice }) => notice.message)).toEqual(['for all', 'for queues']);
      },
    },
    {
      says: 'an attribute has a type and a value of that type: ParameterValueInvalid says what is wrong, and ValidationError that a type is lacking',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { refusal } = topics();
        const publish = (given: Parameters<typeof attribute>[0]) => refusal('Publish', { ...MESSAGE, ...attribute(given) });
        const empty = (type: string) =>
          `${VALUE}The message attribute 'attr1' must contain non-empty message attribute value for message attribute type '${type}'.`;
        const field = (type: string, name: string) =>
          `${VALUE}The message attribute 'attr1' with type '${type}' must use field '${name}'.`;
        const kind = `${VALUE}The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
        for (const DataType of ['String', 'Binary']) expect(publish({ DataType })).toBe(empty(DataType));
        expect(publish({ DataType: 'String', StringValue: '' })).toBe(empty('String'));
        for (const DataType of ['String', 'Number'])
          expect(publish({ DataType, BinaryValue: 'MTIz' })).toBe(field(DataType, 'String'));
        expect(publish({ DataType: 'Binary', StringValue: '123' })).toBe(field('Binary', 'Binary'));
        for (const DataType of ['InvalidType', 'String.', 'Stringprefixed'])
          expect(publish({ DataType, StringValue: '123' })).toBe(kind);
        for (const DataType of ['String.prefixed', 'String.  prefixed.'])
          expect(publish({ DataType, StringValue: 'x' })).toBe('taken');
        expect(publish({ StringValue: 'value' })).toBe(
          "400 ValidationError: 1 validation error detected: Value null at 'messageAttributes.attr1.member.dataType' failed to satisfy constraint: Member must not be null",
        );
      },
    },
    {
      says: 'the name of an attribute has 256 bytes at most, of letters, digits, hyphens, underscores and dots, which do not begin it, end it or follow each other',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { refusal } = topics();
        const named = (name: string) =>
          refusal('Publish', { ...MESSAGE, ...attribute({ name, DataType: 'String', StringValue: '123' }) });
        expect(named('a'.repeat(257))).toBe(`${VALUE}Length of message attribute name must be less than 256 bytes.`);
        expect(named('a^*?')).toContain("Invalid non-alphanumeric character '#x5E' was found in the message attribute name.");
        expect(named('')).toBe(`${VALUE}The request must contain non-empty message attribute name.`); // as SQS says it
        expect(named('.abc')).toBe(`${VALUE}Invalid message attribute name starting with character '.' was found.`);
        expect(named('abc.')).toBe(`${VALUE}Invalid message attribute name ending with character '.' was found.`);
        expect(named('a..bc')).toBe(`${VALUE}Message attribute name can not have successive '.' character.`);
        expect(named('a.b-c_d')).toBe('taken');
      },
    },
    {
      says: 'a value of type Number that is none, and a name that begins with AWS. or Amazon., are ParameterValueInvalid',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html',
      holds: () => {
        const { refusal } = topics();
        const publish = (given: Parameters<typeof attribute>[0]) => refusal('Publish', { ...MESSAGE, ...attribute(given) });
        expect(publish({ DataType: 'Number', StringValue: 'one' })).toContain(VALUE);
        expect(publish({ name: 'AWS.x', DataType: 'String', StringValue: 'x' })).toContain(VALUE);
        expect(publish({ DataType: 'Number', StringValue: '-1.5e3' })).toBe('taken');
      },
    },
    {
      says: 'a function gets each attribute by its name, with Type and Value, what is binary in base64',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
      holds: () => {
        const { ask, subscribe, told } = topics();
        subscribe();
        ask('Publish', {
          ...MESSAGE,
          ...attribute({ name: 'a', DataType: 'Number', StringValue: '1' }),
          ...attribute({ name: 'b', DataType: 'Binary', BinaryValue: 'AgME' }, 2),
        });
        const [one] = told;
        if (one === undefined) throw new Error('nobody was told');
        expect(functionEvent(one.notice, { subscriptionArn: one.to.arn, region: 'us-east-1' })).toMatchObject({
          Records: [{ Sns: { MessageAttributes: { a: { Type: 'Number', Value: '1' }, b: { Type: 'Binary', Value: 'AgME' } } } }],
        });
      },
    },
    {
      says: 'a function is told the SignatureVersion of its topic',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { service, ask, told } = topics();
        const arn = `${TOPIC}-2`;
        service.createTopic(arn, undefined, { SignatureVersion: '2' });
        service.subscribe(arn, { arn: `${arn}:1`, protocol: 'lambda', endpoint: 'x' });
        ask('Publish', { ...MESSAGE, TopicArn: arn });
        expect(told[0]?.notice.signatureVersion).toBe('2');
      },
    },
    {
      says: 'a topic that is not first-in-first-out takes MessageGroupId, and refuses MessageDeduplicationId',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { refusal, ask, subscribe, told } = topics();
        subscribe({ protocol: 'sqs' });
        ask('Publish', { ...MESSAGE, MessageGroupId: 'one' });
        expect(told[0]?.notice.groupId).toBe('one');
        expect(refusal('Publish', { ...MESSAGE, MessageDeduplicationId: 'x' })).toBe(
          `${INVALID}MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type`,
        );
      },
    },
    {
      says: 'a batch answers an id for each of its entries, and one bad entry refuses it whole',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { ask, refusal, subscribe, told } = topics();
        subscribe();
        const answer = ask(
          'PublishBatch',
          batch([
            { Id: 'a', Message: 'x' },
            { Id: 'b', Message: 'y', Subject: 'of it' },
          ]),
        );
        expect(answer).toEqual({
          Successful: { member: told.map(({ notice }, index) => ({ Id: 'ab'.charAt(index), MessageId: notice.messageId })) },
          Failed: {},
        });
        expect(told.map(({ notice }) => notice.subject)).toEqual([undefined, 'of it']);
        const bad: Record<string, string>[] = [
          { Id: 'a', Message: 'x' },
          { Id: 'b', Message: '{}', MessageStructure: 'json' },
        ];
        expect(refusal('PublishBatch', batch(bad))).toContain('Message Structure - No default entry in JSON message body');
        const nameless = [{ Id: 'a', Message: 'x', ...attribute({ StringValue: 'value' }) }];
        expect(refusal('PublishBatch', batch(nameless))).toContain(
          "Value null at 'publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType'",
        );
        expect(told).toHaveLength(2);
      },
    },
    {
      says: 'a batch has 10 entries at most, of ids of their own, and of 256 KB together',
      basis: 'observed',
      source: SNS,
      holds: () => {
        const { refusal } = topics();
        const put = (count: number, Message = 'x', id: (index: number) => string = String) =>
          refusal('PublishBatch', batch(Array.from({ length: count }, (_, index) => ({ Id: id(index), Message }))));
        expect(put(10)).toBe('taken');
        expect(put(11)).toBe('400 TooManyEntriesInBatchRequest: The batch request contains more entries than permissible.');
        expect(put(2, 'x', () => 'same')).toBe(
          '400 BatchEntryIdsNotDistinct: Two or more batch entries in the request have the same Id.',
        );
        expect(put(2, 'x'.repeat(2 ** 17))).toBe('taken');
        expect(put(2, 'x'.repeat(2 ** 17 + 1))).toBe(
          '400 BatchRequestTooLong: The length of all the messages put together is more than the limit.',
        );
      },
    },
    {
      says: 'a batch of no entries is an EmptyBatchRequest, and an id of other characters an InvalidBatchEntryId',
      basis: 'documented',
      source: api('PublishBatch'),
      holds: () => {
        const { refusal } = topics();
        expect(refusal('PublishBatch', batch([]))).toContain('400 EmptyBatchRequest: ');
        expect(refusal('PublishBatch', batch([{ Id: 'a b', Message: 'x' }]))).toContain('400 InvalidBatchEntryId: ');
      },
    },
    {
      says: 'who may not publish is refused with HTTP 403 and AuthorizationError, which writes SNS:Publish',
      basis: 'observed',
      source: 'https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/151',
      holds: () => {
        const { refusal, role } = topics();
        const denied = `403 AuthorizationError: User: arn:aws:sts::123456789012:assumed-role/other/s1 is not authorized to perform: SNS:Publish on resource: ${TOPIC} because no identity-based policy allows the SNS:Publish action`;
        const other = role('other');
        expect(refusal('Publish', MESSAGE, other)).toBe(denied);
        expect(refusal('PublishBatch', batch([{ Id: 'a', Message: 'x' }]), other)).toBe(denied);
        const allows = [{ Action: 'sns:Publish', Resource: TOPIC }];
        expect(refusal('Publish', MESSAGE, role('publisher', { allows }))).toBe('taken');
      },
    },
  ],
};
