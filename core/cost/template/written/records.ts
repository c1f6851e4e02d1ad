import * as z from 'zod';
import { ASSUMED } from '../../assumed.ts';
import { objectsOf } from '../../meters/firehose.ts';
import { total } from '../bill.ts';
import type { Kept } from '../scene.ts';
import { readProperties } from '../resource-set.ts';
import type { Situation } from '../situation.ts';
import { UNREAD, type Written } from '../stays.ts';
import { dataEventsOf } from '../trails.ts';

const loggingShape = z.looseObject({
  LoggingConfiguration: z.looseObject({ DestinationBucketName: z.unknown().optional() }).optional(),
});

/** Requests of a month for objects: what was written, and what was read. */
export const requestsFor = (kept: readonly Kept[]): number =>
  total(kept, ({ objects, stays }) => objects + total(stays, ({ readObjects }) => readObjects));

/** What AWS writes about requests: access logs by bucket, and the records of trails. */
export function recordsOf(situation: Situation, kept: readonly Kept[]): Written[] {
  const { resources, month } = situation;
  const file = { bytes: ASSUMED.recordObjectBytes, seconds: ASSUMED.recordSeconds };
  const record = (by: string, records: number, recordBytes: number) => ({
    by,
    prefix: '',
    bytes: records * recordBytes,
    objects: objectsOf(records * recordBytes, records, file, month.seconds),
    billedPuts: false,
    reads: UNREAD,
  });
  const logs = resources.ofType('AWS::S3::Bucket').flatMap((bucket) => {
    const target = readProperties(bucket, loggingShape).LoggingConfiguration?.DestinationBucketName;
    if (target === undefined) return [];
    const requests = requestsFor(kept.filter((one) => one.bucket === bucket));
    return [
      {
        ...record(`access log of ${bucket.id}`, requests, ASSUMED.accessLogBytes),
        bucket: resources.require(bucket, 'DestinationBucketName', target),
      },
    ];
  });
  const trails = dataEventsOf(situation, kept).map(({ trail, bucket, events }) => ({
    ...record(`records of ${trail.id}`, events, ASSUMED.auditBytes),
    bucket,
  }));
  return [...logs, ...trails];
}
