import type { AppProps } from 'aws-cdk-lib/core';
import { FEATURE_FLAGS } from './feature-flags.ts';

/**
 * What the app is made with. Stack traces of each construct and the tree of all constructs are for people who debug the CDK itself; both
 * together cost a fifth of a synthesis (`npm run bench -- synth`). `CDK_DEBUG=1` brings the traces back. CloudFormation counts the blanks of
 * an indented template, which are a third of it. Resources are counted by `lib/limits`, which says what to do about too many.
 */
export const APP_PROPS: AppProps = {
  context: {
    ...FEATURE_FLAGS,
    'aws:cdk:disable-creation-stack-traces': true,
    '@aws-cdk/core:suppressTemplateIndentation': true,
    '@aws-cdk/core:stackResourceLimit': 0,
  },
  analyticsReporting: false,
  stackTraces: false,
  treeMetadata: false,
};
