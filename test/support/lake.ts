import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Lake } from '../../constructs/storage/index.ts';
import { ACCOUNT, REGION } from './synth.ts';

/** Somebody's own lake, by names and ARNs: what the constructs make of it can be compared as text. */
export function someLake(parent: Construct): Lake {
  const scope = new Construct(parent, 'SomeLake');
  const key = (name: string) => kms.Key.fromKeyArn(scope, `${name}Key`, keyArn(name));
  const zone = (name: string, zoneKey: kms.IKey) => ({
    bucket: s3.Bucket.fromBucketAttributes(scope, name, { bucketArn: `arn:aws:s3:::${name}`, bucketName: name }),
    key: zoneKey,
  });
  const closedKey = key('closed');
  const lakeKey = key('lake');
  return {
    raw: zone('raw', closedKey),
    clean: zone('clean', lakeKey),
    quarantine: zone('quarantine', closedKey),
    curated: zone('curated', lakeKey),
    results: zone('results', key('results')),
    streamKey: key('stream'),
    closedKey,
    logKey: key('log'),
  };
}

export const keyArn = (name: string): string => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`;
