import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { outputKey, stackName } from '../../../core/naming.ts';
import { PLACE } from '../statements/place.ts';
import type { Scenario } from './scenario.ts';

/** Auditors read who did what, where an environment has a trail. The records stand in for those of CloudTrail, which writes nothing here. */
export const auditor: readonly Scenario[] = [
  {
    name: 'an auditor reads the records of the trail',
    run: async ({ environment, runtime, resources, operator, as }) => {
      const role = runtime.outputs[stackName.foundation(environment)]?.[outputKey.auditorRole];
      const trail = resources.find(({ type }) => type === 'AWS::CloudTrail::Trail');
      if (role === undefined || trail === undefined) return;
      const Bucket = String(trail.properties.S3BucketName);
      const prefix = `AWSLogs/${PLACE.account}/`;
      const Key = `${prefix}CloudTrail/records.json.gz`;
      await operator.s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}' }));
      const { s3 } = await as(role);
      await s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
      await s3.send(new GetObjectCommand({ Bucket, Key }));
    },
  },
];
