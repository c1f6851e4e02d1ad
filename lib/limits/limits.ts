import type { Quota, ResourceLimit, ServiceLimits, StackLimit } from './limit.ts';
import { athena } from './services/athena.ts';
import { cloudFormation } from './services/cloudformation.ts';
import { cloudtrail } from './services/cloudtrail.ts';
import { cloudwatch } from './services/cloudwatch.ts';
import { ec2 } from './services/ec2.ts';
import { events } from './services/events.ts';
import { everyResource } from './services/every-resource.ts';
import { firehose } from './services/firehose.ts';
import { glue } from './services/glue.ts';
import { iam } from './services/iam.ts';
import { kinesis } from './services/kinesis.ts';
import { kms } from './services/kms.ts';
import { lambda } from './services/lambda.ts';
import { logs } from './services/logs.ts';
import { s3 } from './services/s3.ts';
import { secretsManager } from './services/secrets-manager.ts';
import { stepFunctions } from './services/step-functions.ts';

/** In the order in which people are told. */
const SERVICES: readonly ServiceLimits[] = [
  iam,
  lambda,
  s3,
  kms,
  glue,
  athena,
  kinesis,
  firehose,
  logs,
  cloudwatch,
  cloudtrail,
  secretsManager,
  stepFunctions,
  events,
  ec2,
];

export const STACK_LIMITS: readonly StackLimit[] = cloudFormation;
export const RESOURCE_LIMITS: readonly ResourceLimit[] = [...everyResource, ...SERVICES.flatMap(({ resources }) => resources)];
export const QUOTAS: readonly Quota[] = SERVICES.flatMap(({ quotas }) => quotas);
