import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import type { Session } from '../lake/session.ts';
import { allWaves, MINUTE, PARKS, type Fault } from './fault.ts';

/** How Secrets Manager refuses a secret whose key cannot be used: what a function that starts then ends with. */
const FAILED_START = /"errorType":"DecryptionFailure"/;

/** A function whose starts fail for a time: nothing but its next invocation starts it again. */
export const coldStart: Fault = {
  id: 'F18-cold',
  says: 'the key of the function’s secret is disabled for two minutes in which the function starts',
  allowed: PARKS,
  during: async (scene) => {
    const { session } = scene;
    await session.restart();
    const rule = { at: 'kms:use', fault: 'disabled', where: await closedKey(session), until: { after: 2 * MINUTE } } as const;
    const before = session.errors.length;
    session.faults.plant({ seed: 1, rules: [rule] }, session.clock.now());
    await allWaves(scene);
    session.faults.lift();
    return session.errors.slice(before).filter((line) => FAILED_START.test(line)).length;
  },
};

/** The ARN of the key that `raw` and the secrets are closed with. */
async function closedKey({ s3, platform }: Session): Promise<string> {
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket: platform.bucket('raw') }));
  const key = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
  if (key === undefined) throw new TypeError('raw has no key of its own');
  return key;
}
