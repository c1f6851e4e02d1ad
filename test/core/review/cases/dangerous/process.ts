import type { DangerousCase } from '../case.ts';
import { DESTINATION, FUNCTION, MACHINE, partitioned } from '../finders.ts';
import { ALARM, anAlarm, aRule, fromStream, parametersOf, RULE } from '../givens.ts';
import { part, type Found, type PlatformCopy } from '../platform-copy.ts';

const LAYER = 'AWS::Lambda::LayerVersion';
const ELSEWHERE = { S3Bucket: 'elsewhere', S3Key: 'code.zip' };

/** Tells a transforming delivery something else. */
const paced =
  (name: string, value: string) =>
  (platform: PlatformCopy): void => {
    for (const parameter of parametersOf(fromStream(platform)))
      if (parameter.ParameterName === name) parameter.ParameterValue = value;
  };

const theAlarm = (platform: PlatformCopy): Found => platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM);
const theRule = (platform: PlatformCopy): Found => platform.the('AWS::Events::Rule', ({ id }) => id === RULE);

const without =
  (type: string) =>
  (platform: PlatformCopy): void => {
    platform.remove(platform.the(type));
  };

/** What runs: it stops, or does something else. */
export const PROCESS: readonly DangerousCase[] = [
  { name: 'a transform is tried once', edit: paced('NumberOfRetries', '0'), dangers: ['RetriesCut'] },
  { name: 'a transform is handed more than it can answer', edit: paced('BufferSizeInMBs', '3'), dangers: ['BatchEnlarged'] },
  { name: 'a transform waits for longer', edit: paced('BufferIntervalInSeconds', '900'), dangers: ['DeliveryDelayed'] },
  {
    name: 'a delivery waits for longer',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'BufferingHints').IntervalInSeconds = 900;
    },
    dangers: ['DeliveryDelayed'],
  },
  {
    name: 'a partitioned delivery is tried once',
    edit: (platform) => {
      part(partitioned(platform).properties, DESTINATION, 'DynamicPartitioningConfiguration').RetryOptions = {
        DurationInSeconds: 0,
      };
    },
    dangers: ['RetriesCut'],
  },
  {
    name: 'a delivery logs elsewhere',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'CloudWatchLoggingOptions').LogGroupName = 'elsewhere';
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'an alias of a key is gone, by which copies are encrypted',
    edit: without('AWS::KMS::Alias'),
    dangers: ['ProcessRemoved'],
  },
  { name: 'a function is gone', edit: without(FUNCTION), dangers: ['ProcessRemoved'] },
  { name: 'an alias of a function is gone', edit: without('AWS::Lambda::Alias'), dangers: ['ProcessRemoved'] },
  {
    name: 'a function runs code of another bucket',
    edit: (platform) => {
      platform.the(FUNCTION).properties.Code = ELSEWHERE;
    },
    dangers: ['CodeFromElsewhere'],
  },
  {
    name: 'a layer holds code of another bucket',
    edit: (platform) => {
      platform.the(LAYER).properties.Content = ELSEWHERE;
    },
    dangers: ['CodeFromElsewhere'],
  },
  {
    name: 'a new function runs code of another bucket',
    edit: (platform) => {
      const { stack, properties } = platform.the(FUNCTION);
      platform.add(stack, 'New', { Type: FUNCTION, Properties: { ...properties, Code: ELSEWHERE } });
    },
    dangers: ['CodeFromElsewhere'],
  },
  {
    name: 'a new layer holds code of another account',
    edit: (platform) => {
      const Content = { S3Bucket: 'cdk-hnb659fds-assets-999999999999-eu-west-1', S3Key: 'code.zip' };
      platform.add(platform.the(LAYER).stack, 'New', { Type: LAYER, Properties: { Content } });
    },
    dangers: ['AccountNamed'],
  },
  {
    name: 'a function gets a layer of another account',
    edit: (platform) => {
      const { properties } = platform.the(FUNCTION);
      properties.Layers = [...(properties.Layers as unknown[]), 'arn:aws:lambda:eu-west-1:999999999999:layer:other:1'];
    },
    dangers: ['CodeFromElsewhere', 'AccountNamed'],
  },
  {
    name: 'a function has less time than its work takes',
    edit: (platform) => {
      platform.the(FUNCTION).properties.Timeout = 1;
    },
    dangers: ['TimeoutCut'],
  },
  {
    name: 'a function logs to another group',
    edit: (platform) => {
      part(platform.the(FUNCTION).properties, 'LoggingConfig').LogGroup = '/elsewhere';
    },
    dangers: ['LogsOff'],
  },
  {
    name: 'a state machine logs what its steps handle',
    edit: (platform) => {
      part(platform.the(MACHINE).properties, 'LoggingConfiguration').IncludeExecutionData = true;
    },
    dangers: ['DataLogged'],
  },
  {
    name: 'a state machine logs failures alone',
    edit: (platform) => {
      part(platform.the(MACHINE).properties, 'LoggingConfiguration').Level = 'ERROR';
    },
    dangers: ['LogsOff'],
  },
  {
    name: 'a state machine logs to another group',
    edit: (platform) => {
      part(platform.the(MACHINE).properties, 'LoggingConfiguration').Destinations = [];
    },
    dangers: ['LogsOff'],
  },
  {
    name: 'a state machine does nothing any more',
    edit: (platform) => {
      platform.the(MACHINE).properties.Definition = {
        StartAt: 'Nothing',
        States: { Nothing: { Type: 'Pass', End: true } },
      };
    },
    dangers: ['StepsDropped'],
  },
  {
    name: 'a state machine begins after its first state',
    edit: (platform) => {
      part(platform.the(MACHINE).properties, 'Definition').StartAt = 'Failed';
    },
    dangers: ['StepsDropped'],
  },
  {
    name: 'alarms go to an address elsewhere',
    edit: (platform) => {
      const { id, stack } = platform.the('AWS::SNS::Topic');
      platform.add(stack, 'New', {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: id }, Protocol: 'https', Endpoint: 'https://elsewhere.example' },
      });
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'alarms go to a queue of another account',
    edit: (platform) => {
      const { id, stack } = platform.the('AWS::SNS::Topic');
      platform.add(stack, 'New', {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: id }, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:999999999999:queue' },
      });
    },
    dangers: ['AccountNamed'],
  },
  {
    name: 'an alarm keeps its state when nothing comes',
    given: (platform) => {
      anAlarm(platform);
      theAlarm(platform).properties.TreatMissingData = 'notBreaching';
    },
    edit: (platform) => {
      theAlarm(platform).properties.TreatMissingData = 'ignore';
    },
    dangers: ['AlarmRelaxed'],
  },
  {
    name: 'a rule of events is gone, on which an alarm counts',
    given: aRule,
    edit: (platform) => {
      platform.remove(theRule(platform));
    },
    dangers: ['ProcessRemoved'],
  },
  {
    name: 'a rule of events is disabled',
    given: aRule,
    edit: (platform) => {
      theRule(platform).properties.State = 'DISABLED';
    },
    dangers: ['ProcessStopped'],
  },
  {
    name: 'a rule of events hears of something else',
    given: aRule,
    edit: (platform) => {
      theRule(platform).properties.EventPattern = { source: ['aws.states'], detail: { status: ['ABORTED'] } };
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a group of rules that refuses no name',
    edit: (platform) => {
      platform.add(platform.foundation, 'New', {
        Type: 'AWS::Route53Resolver::FirewallRuleGroup',
        Properties: { FirewallRules: [{ Action: 'ALLOW', Priority: 1 }] },
      });
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a group of rules that allows every name and refuses one',
    edit: (platform) => {
      const list = (id: string, ...Domains: string[]) => {
        platform.add(platform.foundation, id, { Type: 'AWS::Route53Resolver::FirewallDomainList', Properties: { Domains } });
        return { 'Fn::GetAtt': [id, 'Id'] };
      };
      platform.add(platform.foundation, 'New', {
        Type: 'AWS::Route53Resolver::FirewallRuleGroup',
        Properties: {
          FirewallRules: [
            { Action: 'ALLOW', Priority: 1, FirewallDomainListId: list('All', '*') },
            { Action: 'BLOCK', Priority: 2, FirewallDomainListId: list('One', 'example.com') },
          ],
        },
      });
    },
    dangers: ['UnknownEffect'],
  },
];
