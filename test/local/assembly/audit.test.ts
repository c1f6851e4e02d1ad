import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly } from './fixture.ts';

const ADMINISTERED = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:DescribeKey', Resource: '*' },
  ],
};

const running: LocalRuntime[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
});

async function deploy(trail: Readonly<Record<string, unknown>>): Promise<LocalRuntime> {
  const Resources = {
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: ADMINISTERED } },
    Records: { Type: 'AWS::S3::Bucket', Properties: {} },
    Trail: {
      Type: 'AWS::CloudTrail::Trail',
      Properties: { IsLogging: true, S3BucketName: { Ref: 'Records' }, KMSKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, ...trail },
    },
  };
  const Outputs = { TrailRef: { Value: { Ref: 'Trail' } }, TrailArn: { Value: { 'Fn::GetAtt': ['Trail', 'Arn'] } } };
  const runtime = await start({
    assembly: writeAssembly({ Foundation: { template: { Resources, Outputs } } }),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock: new SimulatedClock(Date.UTC(2001, 0, 1)),
  });
  running.push(runtime);
  return runtime;
}

test('a trail is deployed by its name, and recorded only', async () => {
  const runtime = await deploy({ TrailName: 'headwaters-dev-audit' });
  expect(runtime.outputs.Foundation).toEqual({
    TrailRef: 'headwaters-dev-audit',
    TrailArn: expect.stringMatching(/^arn:aws:cloudtrail:[-\w]+:\d{12}:trail\/headwaters-dev-audit$/) as string,
  });
  expect(runtime.recordedOnly).toContainEqual({
    type: 'AWS::CloudTrail::Trail',
    count: 1,
    reason: 'calls are not written down here',
  });
});

test.each([
  ['a key that is not there', { KMSKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/none' }, 'does not exist'],
  ['a property that no trail has', { Colour: 'red' }, 'Colour'],
])('fails for %s', async (_, properties, message) => {
  await expect(deploy(properties)).rejects.toThrow(message);
});
