import { S3 } from '../../../local/s3/index.ts';
import { bucketNamed, lakeWith, operator } from './lake.ts';
import { FUNCTION, listeners } from './notified.ts';

const notifying = {
  configuration: {
    NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: FUNCTION }] },
  },
};

test('what happens to an object after a stop is told behind what was told before, though the clock stood still', async () => {
  const { records, destinations } = listeners();
  const { root, iam, clock, s3, remove } = lakeWith(notifying, { destinations });
  try {
    await s3.putObject(operator, 'lake', 'key', Buffer.from('1'));
    s3.save();
    s3.close();
    const next = new S3({ root, access: iam, clock, destinations });
    next.createBucket(bucketNamed('lake', notifying));
    next.opened();
    await next.putObject(operator, 'lake', 'key', Buffer.from('2'));
    next.close();
    const [first = '', second = ''] = records.map(({ s3: { object } }) => String(object.sequencer));
    expect(records).toHaveLength(2);
    expect(first < second).toBe(true);
  } finally {
    remove();
  }
});
