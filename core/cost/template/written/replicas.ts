import * as z from 'zod';
import { readProperties, type Declared } from '../resource-set.ts';
import type { Situation } from '../situation.ts';
import { UNREAD, type Written } from '../stays.ts';

const shape = z.looseObject({
  ReplicationConfiguration: z
    .looseObject({
      Rules: z.array(
        z.looseObject({
          Status: z.string(),
          Filter: z.looseObject({ Prefix: z.string().default('') }).default({ Prefix: '' }),
          Destination: z.looseObject({
            Bucket: z.unknown().optional(),
            ReplicationTime: z.looseObject({ Status: z.string() }).optional(),
            Metrics: z.looseObject({ Status: z.string() }).optional(),
          }),
        }),
      ),
    })
    .optional(),
});

/** A rule that copies what comes to a bucket. */
export interface Replication {
  readonly from: Declared;
  readonly to: Declared;
  readonly prefix: string;
  readonly timed: boolean;
  readonly measured: boolean;
}

export const replicationsOf = ({ resources }: Situation): Replication[] =>
  resources.ofType('AWS::S3::Bucket').flatMap((from) =>
    (readProperties(from, shape).ReplicationConfiguration?.Rules ?? [])
      .filter(({ Status }) => Status === 'Enabled')
      .map(({ Filter, Destination }) => ({
        from,
        to: resources.require(from, 'Destination.Bucket', Destination.Bucket),
        prefix: Filter.Prefix,
        timed: Destination.ReplicationTime?.Status === 'Enabled',
        measured: Destination.Metrics?.Status === 'Enabled',
      })),
  );

/** Whether a rule copies what was written. */
export const copies = ({ from, prefix }: Replication, written: Written): boolean =>
  written.bucket === from && (written.prefix ?? '').startsWith(prefix);

/** The copies that replication makes: each costs a PUT, and lives by the rules of its own bucket. */
export const replicasOf = (situation: Situation, written: readonly Written[]): Written[] =>
  replicationsOf(situation).flatMap((rule) =>
    written.filter((one) => copies(rule, one)).map((one) => ({ ...one, bucket: rule.to, reads: UNREAD })),
  );
