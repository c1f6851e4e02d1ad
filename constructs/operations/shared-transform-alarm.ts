import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { consolePage } from './console-page.ts';
import { failing } from './delivery-trouble.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface SharedTransformAlarmProps {
  /** Events that the function judges, for people. */
  readonly whose: string;
  readonly owner: string;
  readonly transform: lambda.IAlias;
  readonly topic: sns.ITopic;
  readonly runbookUrl: string | undefined;
}

/** Tells when a function that judges for many datasets fails. */
export class SharedTransformAlarm extends Construct {
  constructor(scope: Construct, id: string, { whose, transform, ...told }: SharedTransformAlarmProps) {
    super(scope, id);
    const page = consolePage.function(this, transform.version.lambda.functionName);
    new RunbookAlarm(this, 'Failing', { ...failing(whose, transform, page), ...told });
  }
}
