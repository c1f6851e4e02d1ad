import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { Iam } from '../../../local/iam/index.ts';
import { S3, type NewBucket, type S3Props } from '../../../local/s3/index.ts';
import type { Caller } from '../../../local/service.ts';

export const accountId = '123456789012';
export const operator: Caller = { arn: `arn:aws:iam::${accountId}:user/headwaters-operator`, accountId };
export const START = Date.parse('2026-01-15T10:30:00Z');
export const DAY = 86_400_000;

export const bucketNamed = (name: string, rest: Partial<NewBucket> = {}): NewBucket => ({
  name,
  arn: `arn:aws:s3:::${name}`,
  region: 'us-east-1',
  accountId,
  bucketKeyEnabled: false,
  versioned: false,
  ...rest,
});

/** An empty lake of one bucket, `lake`, in a folder that `remove` removes. */
export function lakeWith(rest: Partial<NewBucket> = {}, props: Partial<S3Props> = {}, region = 'us-east-1') {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'headwaters-test-'));
  const clock = new SimulatedClock(START);
  const iam = new Iam({ accountId, region });
  const s3 = new S3({ root, access: iam, clock, ...props });
  s3.createBucket(bucketNamed('lake', rest));
  return {
    root,
    clock,
    iam,
    s3,
    remove: () => {
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A role's caller with one policy of these statements. */
export function callerWith(iam: Iam, ...statements: object[]): Caller {
  const arn = `arn:aws:iam::${accountId}:role/headwaters/dev/reader`;
  const trust = { Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' } };
  iam.addRole({ roleName: 'reader', path: '/headwaters/dev/', arn, trust, policyArns: [] });
  const document = { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) };
  iam.addManagedPolicy({ arn: `arn:aws:iam::${accountId}:policy/reader`, document, roleNames: ['reader'] });
  return { arn: `arn:aws:sts::${accountId}:assumed-role/reader/s`, accountId, roleArn: arn };
}
