import { Platform } from '../../../cli/platform/platform.ts';
import { plainDataset } from '../../support/contracts.ts';
import { roleArn as arn } from '../../support/deployment.ts';

const OUTPUTS = {
  'Headwaters-dev-Foundation': { RawBucketName: 'raw-1', QuarantineBucketName: 'quarantine-1' },
  'Headwaters-dev-Domain-energy': {
    ReadingsStreamName: 'stream-1',
    ReadingsPrefix: 'keep7-hot7/energy/readings/',
    ReadingsProducerRoleArn: arn('readings-producer'),
    OutagesDailyProducerRoleArn: arn('outages-producer'),
    StewardRoleArn: arn('energy-steward'),
  },
  'Headwaters-dev-Domain-energy-Part2': {
    TariffsStreamName: 'stream-17',
    TariffsPrefix: 'keep7-hot7/energy/tariffs/',
    TariffsProducerRoleArn: arn('tariffs-producer'),
    HolidaysDeliveryStreamName: 'dev-energy-holidays',
    HolidaysPrefix: 'keep7-hot7/energy/holidays/',
    HolidaysProducerRoleArn: arn('part-producer'),
  },
  'Headwaters-dev-Domain-water-works': { StewardRoleArn: arn('water-steward') },
  'Headwaters-dev-Serving': { AnalystRoleArn: arn('analyst'), AnalystWorkGroupName: 'headwaters-dev-analysts' },
};
const platform = new Platform('dev', OUTPUTS);

test('names every role to type: by its domain, in lower case, with hyphens', () => {
  expect([...platform.roles()]).toEqual([
    ['energy/readings-producer', arn('readings-producer')],
    ['energy/outages-daily-producer', arn('outages-producer')],
    ['energy/steward', arn('energy-steward')],
    ['energy/tariffs-producer', arn('tariffs-producer')],
    ['energy/holidays-producer', arn('part-producer')],
    ['water-works/steward', arn('water-steward')],
    ['analyst', arn('analyst')],
  ]);
});

test('an environment without outputs has no roles', () => {
  expect([...new Platform('dev', {}).roles()]).toEqual([]);
});

test('finds what is deployed by the outputs of the stacks', () => {
  expect(platform.bucket('quarantine')).toBe('quarantine-1');
  expect(platform.analystRoleArn).toBe(arn('analyst'));
  expect(platform.workGroup).toBe('headwaters-dev-analysts');
  const contract = plainDataset('readings', 'energy');
  expect(platform.dataset(contract)).toEqual({
    contract,
    intake: { kind: 'stream', name: 'stream-1' },
    producerRoleArn: arn('readings-producer'),
    stewardRoleArn: arn('energy-steward'),
    prefix: 'keep7-hot7/energy/readings/',
    cleanTable: '"headwaters_dev_energy"."readings_clean"',
  });
});

test('finds a dataset that stands in a further stack of its domain', () => {
  const contract = plainDataset('tariffs', 'energy');
  expect(platform.dataset(contract)).toEqual({
    contract,
    intake: { kind: 'stream', name: 'stream-17' },
    producerRoleArn: arn('tariffs-producer'),
    stewardRoleArn: arn('energy-steward'),
    prefix: 'keep7-hot7/energy/tariffs/',
    cleanTable: '"headwaters_dev_energy"."tariffs_clean"',
  });
});

test('finds the delivery of a dataset that has no stream', () => {
  expect(platform.dataset(plainDataset('holidays', 'energy'))).toMatchObject({
    intake: { kind: 'delivery', name: 'dev-energy-holidays' },
    producerRoleArn: arn('part-producer'),
  });
});

test('fails for an output that is not there, by its stack and key', () => {
  expect(() => platform.bucket('clean')).toThrow(
    "OutputMissing: the stack 'Headwaters-dev-Foundation' must have the output 'CleanBucketName'",
  );
  expect(() => new Platform('other', OUTPUTS).analystRoleArn).toThrow("'Headwaters-other-Serving'");
  expect(() => platform.dataset(plainDataset('elsewhere', 'energy'))).toThrow("'ElsewhereStreamName'");
});
