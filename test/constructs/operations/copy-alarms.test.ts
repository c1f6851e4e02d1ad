import * as sns from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { CopyAlarms, ReplicationAlarms } from '../../../constructs/operations/index.ts';
import { testApp } from '../../support/synth.ts';

test.each([
  [
    "'copied' must hold a bucket and its copy, got none; leave the alarms out",
    (stack: Stack, topic: sns.ITopic) => {
      new ReplicationAlarms(stack, 'Alarms', { environment: 'prod', owner: 'grid', copied: [], topic });
    },
  ],
  [
    "'copies' must hold a bucket of copies, got none; leave the alarms out",
    (stack: Stack, topic: sns.ITopic) => {
      new CopyAlarms(stack, 'Alarms', { environment: 'prod', owner: 'grid', copies: {}, topic });
    },
  ],
])('fails with NothingCopied: %s', (message, watch) => {
  const stack = new Stack(testApp(), 'Test');
  expect(() => {
    watch(stack, new sns.Topic(stack, 'Topic'));
  }).toThrow(`Test/Alarms: NothingCopied: ${message}`);
});
