import { GetBucketNotificationConfigurationCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  CLOSED,
  configure,
  FUNCTION,
  OTHER,
  put,
  tell,
  toFunction,
  TOPIC,
  withListeners,
  type Heard,
} from '../../s3/notified.ts';
import { Bucket, refusal, type Rig } from '../../s3/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, recorded } from './sources.ts';

const SHAPE = guide('notification-content-structure');
const FILTERS = guide('notification-how-to-filtering');

const told = (client: S3Client) => client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
const text = (): unknown => expect.any(String) as unknown;

/** Whom S3 tells of what, and which configurations it takes. */
export const s3NotificationSettings: FactTable = {
  service: 'Amazon S3',
  facts: [
    {
      says: 'a filter’s prefix and suffix must both fit the key in its encoded form: a blank is written as +, other special characters by their percent signs',
      basis: 'documented',
      source: FILTERS,
      holds: () =>
        withListeners({}, async (rig, heard) => {
          await tell(rig, ['s3:ObjectCreated:*'], { prefix: 'in+%C3%A4/', suffix: '.jpg' });
          for (const key of ['in ä/a.jpg', 'in ä/a.png', 'out/a.jpg']) await put(rig.client, key);
          expect(heard.records.map(({ s3 }) => s3.object.key)).toEqual(['in+%C3%A4/a.jpg']);
        }),
    },
    {
      says: 'a prefix with an equals sign fits no key, and one with %3D in its place fits those of the partition',
      basis: 'observed',
      source: 'https://github.com/aws/aws-cdk/pull/28012',
      holds: () =>
        withListeners({}, async (rig, heard) => {
          for (const prefix of ['year=2026/', 'year%3D2026/']) {
            await tell(rig, ['s3:ObjectCreated:*'], { prefix });
            await put(rig.client, `year=2026/${heard.records.length}`);
          }
          expect(heard.records.map(({ s3 }) => s3.object.key)).toEqual(['year%3D2026/0']);
        }),
    },
    {
      says: 'names of filter rules are told as Prefix and Suffix however they were written',
      basis: 'observed',
      source: recorded('test_s3_notifications_sqs'),
      holds: () =>
        withListeners({}, async (rig) => {
          await tell(rig, ['s3:ObjectCreated:*'], { prefix: 'in/', suffix: '.jpg' });
          const { LambdaFunctionConfigurations: [only] = [] } = await told(rig.client);
          expect(only?.Filter?.Key?.FilterRules).toEqual([
            { Name: 'Prefix', Value: 'in/' },
            { Name: 'Suffix', Value: '.jpg' },
          ]);
        }),
    },
    {
      says: 'a filter rule of another name is refused with 400 InvalidArgument: filter rule name must be either prefix or suffix',
      basis: 'observed',
      source: recorded('test_s3_notifications_sqs'),
      holds: () =>
        withListeners({}, async (rig) => {
          const FilterRules = [{ Name: 'INVALID' as 'prefix', Value: 'x' }];
          const one = { ...toFunction(['s3:ObjectCreated:*']), Filter: { Key: { FilterRules } } };
          expect(await refusal(configure(rig, { LambdaFunctionConfigurations: [one] }))).toEqual({
            code: 'InvalidArgument',
            status: 400,
            message: 'filter rule name must be either prefix or suffix',
          });
        }),
    },
    {
      says: 'a text that is no ARN is refused with InvalidArgument, whether destinations are to be validated or not',
      basis: 'observed',
      source: recorded('test_s3_notifications_lambda'),
      holds: () =>
        withListeners({}, async (rig) => {
          for (const skip of [false, true]) {
            const one = toFunction(['s3:ObjectCreated:*'], {}, 'invalid-queue');
            expect(await refusal(configure(rig, { LambdaFunctionConfigurations: [one] }, skip))).toMatchObject({
              code: 'InvalidArgument',
              message: 'The ARN could not be parsed',
            });
          }
        }),
    },
    {
      says: 'a function that is not there, or does not let S3, is refused with 400 Unable to validate the following destination configurations',
      basis: 'observed',
      source: recorded('test_s3_notifications_lambda'),
      holds: () =>
        withListeners({}, async (rig) => {
          for (const arn of [`${FUNCTION}s`, CLOSED]) {
            const one = toFunction(['s3:ObjectCreated:*'], {}, arn);
            const refused = configure(rig, { LambdaFunctionConfigurations: [one] });
            expect(await refusal(refused)).toEqual({
              code: 'InvalidArgument',
              status: 400,
              message: 'Unable to validate the following destination configurations',
            });
            await expect(refused).rejects.toMatchObject({
              ArgumentName1: `${arn}, null`,
              ArgumentValue1: `Not authorized to invoke function [${arn}]`,
            });
          }
        }),
    },
    {
      says: 'with SkipDestinationValidation a destination that is not there is taken, under the id that the request gives it',
      basis: 'observed',
      source: recorded('test_s3_notifications_lambda'),
      holds: () =>
        withListeners({}, async (rig, heard) => {
          const one = { Id: 'id123', ...toFunction(['s3:ObjectCreated:*'], {}, CLOSED) };
          await configure(rig, { LambdaFunctionConfigurations: [one] }, true);
          expect((await told(rig.client)).LambdaFunctionConfigurations).toEqual([one]);
          expect(heard.records).toEqual([]);
        }),
    },
    {
      says: 'who gives no id to a configuration finds one that S3 made',
      basis: 'documented',
      source: api('LambdaFunctionConfiguration'),
      holds: () =>
        withListeners({}, async (rig) => {
          await tell(rig, ['s3:ObjectCreated:*']);
          expect((await told(rig.client)).LambdaFunctionConfigurations?.[0]?.Id).toMatch(/^[\w-]+$/);
        }),
    },
    {
      says: 'an event that S3 does not notify of is refused with 400 InvalidArgument',
      basis: 'documented',
      source: api('PutBucketNotificationConfiguration'),
      holds: () =>
        withListeners({}, async (rig) => {
          for (const event of ['s3:ObjectCreated', 's3:*', 'ObjectCreated:Put', 's3:LifecycleTransition:*'])
            expect(await refusal(tell(rig, [event]))).toMatchObject({ code: 'InvalidArgument', status: 400 });
        }),
    },
    {
      says: 'two configurations of one event must not overlap: without filters Configurations overlap, with filters the configuration is ambiguously defined',
      basis: 'documented',
      source: FILTERS,
      holds: () =>
        withListeners({}, async (rig) => {
          const both = (first: object, second: object, event = 's3:ObjectCreated:Put') =>
            configure(rig, {
              LambdaFunctionConfigurations: [toFunction(['s3:ObjectCreated:*'], first), toFunction([event], second, OTHER)],
            });
          expect((await refusal(both({}, {}))).message).toBe(
            'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
          );
          for (const [first, second] of [
            [{ prefix: 'in/' }, { prefix: 'in/a/' }],
            [{ suffix: 'jpg' }, { suffix: '.jpg' }],
            [{ prefix: 'in/', suffix: '.jpg' }, {}],
          ] as const)
            expect(await refusal(both(first, second))).toMatchObject({
              code: 'InvalidArgument',
              message: expect.stringMatching(/^Configuration is ambiguously defined\./) as unknown,
            });
          await both({ prefix: 'in/' }, { prefix: 'out/' });
          await both({ prefix: 'in/', suffix: '.jpg' }, { prefix: 'in/', suffix: '.png' });
          await both({}, {}, 's3:ObjectRemoved:*');
        }),
    },
    {
      says: 'a topic that a configuration names gets an s3:TestEvent at once, and what happens under the subject Amazon S3 Notification',
      basis: 'documented',
      source: SHAPE,
      holds: () =>
        withListeners({}, async (rig, { notices }) => {
          const one = { TopicArn: TOPIC, Events: ['s3:ObjectCreated:*' as const] };
          await configure(rig, { TopicConfigurations: [one] });
          await put(rig.client);
          expect(notices.map(({ subject }) => subject)).toEqual(Array(2).fill('Amazon S3 Notification'));
          expect(JSON.parse(notices[0]?.message ?? '')).toEqual({
            Service: 'Amazon S3',
            Event: 's3:TestEvent',
            Time: '2026-01-15T10:30:00.000Z',
            Bucket,
            RequestId: text(),
            HostId: text(),
          });
          expect(JSON.parse(notices[1]?.message ?? '')).toMatchObject({ Records: [{ eventName: 'ObjectCreated:Put' }] });
        }),
    },
    {
      says: 'a topic that is not there is refused as a queue is: The destination topic does not exist',
      basis: 'undecided',
      source: recorded('test_s3_notifications_sns'),
      holds: () =>
        withListeners({}, async (rig) => {
          const one = { TopicArn: `${TOPIC}s`, Events: ['s3:ObjectCreated:*' as const] };
          await expect(configure(rig, { TopicConfigurations: [one] })).rejects.toMatchObject({
            ArgumentName1: `${TOPIC}s`,
            ArgumentValue1: 'The destination topic does not exist',
          });
        }),
    },
    {
      says: 'a put replaces the whole configuration, so that an empty one ends notifications and EventBridge’s events alike',
      basis: 'documented',
      source: api('PutBucketNotificationConfiguration'),
      holds: async () => {
        const events: unknown[] = [];
        const act = async (rig: Rig, heard: Heard): Promise<void> => {
          await configure(rig, {
            EventBridgeConfiguration: {},
            LambdaFunctionConfigurations: [toFunction(['s3:ObjectCreated:*'])],
          });
          expect((await told(rig.client)).EventBridgeConfiguration).toEqual({});
          await put(rig.client);
          await configure(rig, {});
          await put(rig.client);
          expect([events.length, heard.records.length]).toEqual([1, 1]);
          expect({ ...(await told(rig.client)), $metadata: undefined }).toEqual({});
        };
        await withListeners({}, act, { onEvent: (event) => events.push(event) });
      },
    },
    {
      says: 'who may not s3:PutBucketNotification is refused with 403 AccessDenied',
      basis: 'documented',
      source: api('PutBucketNotificationConfiguration'),
      holds: () =>
        withListeners({}, async (rig) => {
          const may = rig.clientFor({ Action: 's3:GetBucketNotification', Resource: '*' });
          expect(await refusal(configure({ client: may }, {}))).toMatchObject({ code: 'AccessDenied', status: 403 });
        }),
    },
  ],
};
