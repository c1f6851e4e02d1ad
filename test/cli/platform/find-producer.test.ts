import { producerOf } from '../../../cli/platform/find-producer.ts';
import { deliveryArn, roleArn, someDeployment, streamArn } from '../../support/deployment.ts';

const tags = { 'headwaters:domain': 'energy', 'headwaters:dataset': 'readings' };
const deployment = (...may: readonly string[]) =>
  someDeployment({
    roles: { Own: tags, Other: tags, Many: {}, Strange: {} },
    may: { [`kinesis:PutRecords ${streamArn('S')}`]: may },
  });
const dataset = {
  domain: 'energy',
  name: 'readings',
  environment: 'dev',
  prefix: 'keep7/energy/readings/',
  table: { database: 'd', name: 't', arn: 'a' },
};
const stream = { kind: 'stream', name: 'S', arn: streamArn('S') } as const;

test.each([
  ['the only one that may', stream, ['Many'], 'Many'],
  ["the dataset's own of several that may", { ...stream, dataset }, ['Many', 'Own'], 'Own'],
  ["the only one that may, be it the dataset's or not", { ...stream, dataset }, ['Many'], 'Many'],
])('takes %s', async (_, found, may, producer) => {
  expect(await producerOf(deployment(...may), found)).toBe(roleArn(producer));
});

test.each([
  [[], "NoProducer: a role that can be taken must be allowed 'kinesis:PutRecords' on the stream 'S', got none; grant it to one"],
  [
    ['Many', 'Strange'],
    "RoleUnclear: '--as' must be given where several roles may put into the stream 'S'; name one of Many, Strange",
  ],
  [['Own', 'Other'], "RoleUnclear: '--as' must be given where several roles may put into the stream 'S'; name one of Own, Other"],
])('fails where %j may', async (may, message) => {
  await expect(producerOf(deployment(...may), { ...stream, dataset })).rejects.toThrow(message);
});

test('takes no role for the own of a stream that is no dataset', async () => {
  await expect(producerOf(deployment('Many', 'Strange'), stream)).rejects.toThrow('RoleUnclear');
});

test('of a delivery takes a role that may put into it', async () => {
  const delivery = { kind: 'delivery', name: 'D', arn: deliveryArn('D'), dataset } as const;
  const where = someDeployment({ roles: { Many: {} }, may: { [`firehose:PutRecordBatch ${deliveryArn('D')}`]: ['Many'] } });
  expect(await producerOf(where, delivery)).toBe(roleArn('Many'));
  await expect(producerOf(deployment('Many'), delivery)).rejects.toThrow(
    "NoProducer: a role that can be taken must be allowed 'firehose:PutRecordBatch' on the delivery 'D', got none",
  );
});
