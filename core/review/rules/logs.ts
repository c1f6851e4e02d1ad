import { atLeast, createOnly, encryptionKey, harmless, kept, renamed, stays, toldAsPermission } from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

export const LOG_RULES: RulesByType = {
  'AWS::Logs::LogGroup': {
    holds: 'log events',
    properties: {
      LogGroupName: renamed,
      LogGroupClass: createOnly,
      RetentionInDays: atLeast('LogRetentionShortened', { absent: Infinity, unit: 'days', does: 'older log events go' }),
      KmsKeyId: encryptionKey,
      DataProtectionPolicy: kept('DataProtectionOff', 'what it masked is shown'),
      DeletionProtectionEnabled: stays(true, 'DeletionProtectionOff', 'a call may delete it', false),
      ResourcePolicyDocument: toldAsPermission,
      FieldIndexPolicies: harmless,
      Tags: harmless,
    },
  },
  'AWS::Logs::LogStream': { holds: 'log events', properties: { LogGroupName: createOnly, LogStreamName: renamed } },
  'AWS::Logs::MetricFilter': {
    removal: { code: 'WatchRemoved', does: 'its metric gets no more points, and alarms on it see nothing' },
    properties: {},
  },
  'AWS::Logs::ResourcePolicy': { properties: { PolicyName: createOnly, PolicyDocument: toldAsPermission } },
  'AWS::Logs::QueryDefinition': { properties: { Name: harmless, QueryString: harmless, LogGroupNames: harmless } },
};
