import { atLeast, createOnly, encryptionKey, harmless, kept, renamed, stays, toldAsPermission, unknownEffect } from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

export const LOG_RULES: RulesByType = {
  'AWS::Logs::LogGroup': {
    holds: 'log events',
    addition: { harmless: 'who writes to it and reads it needs a permission of its own' },
    properties: {
      LogGroupName: renamed,
      LogGroupClass: createOnly,
      RetentionInDays: atLeast('LogRetentionShortened', { absent: Infinity, unit: 'days', does: 'older log events go' }),
      KmsKeyId: encryptionKey,
      DataProtectionPolicy: kept('DataProtectionOff', 'what it masked is shown', unknownEffect),
      DeletionProtectionEnabled: stays(true, 'DeletionProtectionOff', 'a call may delete it', false),
      ResourcePolicyDocument: toldAsPermission,
      FieldIndexPolicies: harmless,
      Tags: harmless,
    },
  },
  'AWS::Logs::LogStream': {
    holds: 'log events',
    addition: { harmless: 'nothing is in it' },
    properties: { LogGroupName: createOnly, LogStreamName: renamed },
  },
  'AWS::Logs::MetricFilter': {
    addition: { harmless: 'it counts, and shows no event' },
    removal: { code: 'WatchRemoved', does: 'its metric gets no more points, and alarms on it see nothing' },
    properties: {},
  },
  'AWS::Logs::ResourcePolicy': {
    addition: { harmless: 'whom it lets in is told as permissions' },
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer, and what it let in fails' },
    properties: { PolicyName: createOnly, PolicyDocument: toldAsPermission },
  },
  'AWS::Logs::QueryDefinition': {
    addition: { harmless: 'a text that people run' },
    removal: { harmless: 'a text that people ran' },
    properties: { Name: harmless, QueryString: harmless, LogGroupNames: harmless },
  },
};
