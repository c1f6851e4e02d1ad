import { ShardLevelMetrics } from 'aws-cdk-lib/aws-kinesis';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import * as z from 'zod';
import { didYouMean } from '../../core/suggest.ts';
import type { Environment } from './environment.ts';

const duration = z.custom<Duration>((value) => value instanceof Duration, 'must be a Duration, such as Duration.days(7)');
const size = z.custom<Size>((value) => value instanceof Size, 'must be a Size, such as Size.gibibytes(10)');

/** What the compiler would refuse, for whoever synthesizes without compiling: the app is run as it is written. */
const SHAPE = z.strictObject({
  name: z.string(),
  purpose: z.string(),
  account: z.string().optional(),
  region: z.string().optional(),
  removalPolicy: z.enum([RemovalPolicy.DESTROY, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE]),
  terminationProtection: z.boolean(),
  rawLock: duration.optional(),
  replicationRegion: z.string().optional(),
  replicationCrossesBorders: z.boolean().optional(),
  shards: z.number(),
  shardMetrics: z.array(z.enum(ShardLevelMetrics)),
  streamRetention: duration,
  longestBuffer: duration,
  eventBridge: z.boolean(),
  network: z.strictObject({ cidr: z.string(), zones: z.union([z.number(), z.array(z.string())]) }).optional(),
  audit: z
    .strictObject({
      lock: z.enum(['governance', 'compliance']),
      lockedFor: duration,
      retention: duration,
      managementEvents: z.boolean(),
    })
    .optional(),
  logRetention: z.enum(RetentionDays),
  accessLogRetention: duration,
  resultRetention: duration,
  scanCutoff: size,
  consumers: z
    .array(
      z.strictObject({
        group: z.string(),
        domains: z.union([z.literal('all'), z.array(z.string())]).optional(),
        datasets: z.array(z.string()).optional(),
        scanCutoff: size.optional(),
      }),
    )
    .optional(),
  trust: z
    .array(
      z.strictObject({
        actor: z.enum(['analyst', 'auditor', 'producer', 'steward']),
        group: z.string().optional(),
        domain: z.string().optional(),
        dataset: z.string().optional(),
        principals: z.array(z.string()),
      }),
    )
    .optional(),
  alarms: z.strictObject({ emails: z.array(z.string()) }).optional(),
  runbookUrl: z.string().optional(),
  monthlyBudget: z.number().optional(),
  costCentre: z.string(),
  tags: z.record(z.string(), z.string()),
} satisfies Record<keyof Environment, z.ZodType>);

/** Keys that stand where an issue says that one is unknown. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(SHAPE.shape),
  network: ['cidr', 'zones'],
  audit: ['lock', 'lockedFor', 'retention', 'managementEvents'],
  alarms: ['emails'],
  consumers: ['group', 'domains', 'datasets', 'scanCutoff'],
  trust: ['actor', 'group', 'domain', 'dataset', 'principals'],
};

/** What of an environment has another shape than `Environment`, a fault each; the bounds of its values are `checkEnvironment`'s. */
export function shapeFaults(environment: Environment): string[] {
  const judged = SHAPE.safeParse(environment);
  return judged.success ? [] : judged.error.issues.flatMap(inWords);
}

function inWords(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = KNOWN[place.replace(/\.\d+$/, '')] ?? [];
      return `'${place === '' ? key : `${place}.${key}`}' is no value of an environment${didYouMean(key, known) || '; take it out'}`;
    });
  return [`'${place}' is missing or of another kind: ${issue.message}; mend it`];
}
