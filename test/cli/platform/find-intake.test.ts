import { intakeNamed, intakeOfDataset } from '../../../cli/platform/find-intake.ts';
import {
  datasetDelivery,
  deliveryArn,
  rejectsDelivery,
  roleArn,
  someDeployment,
  streamArn,
  tableArn,
} from '../../support/deployment.ts';

const deployment = someDeployment({
  streams: ['S-readings', 'S-outages', 'S-water', 'taps'],
  deliveries: [
    datasetDelivery('energy', 'readings', 'S-readings'),
    datasetDelivery('energy', 'outages', 'S-outages'),
    datasetDelivery('water', 'readings', 'S-water'),
    rejectsDelivery('energy'),
    // somebody's own, which writes to no dataset
    {
      name: 'own',
      arn: deliveryArn('own'),
      roleArn: roleArn('own'),
      streamArn: streamArn('taps'),
      bucket: 'b',
      prefix: 'taps/dt=*/hr=*/',
    },
  ],
});
const outages = {
  kind: 'stream',
  name: 'S-outages',
  arn: streamArn('S-outages'),
  dataset: {
    domain: 'energy',
    name: 'outages',
    environment: 'dev',
    prefix: 'keep7-hot7/energy/outages/',
    table: { database: 'lake_dev_energy', name: 'outages_clean', arn: tableArn('lake_dev_energy', 'outages_clean') },
  },
};

test.each(['outages', 'energy.outages'])('finds the stream of %s by what its delivery writes', (name) => {
  expect(intakeOfDataset(deployment, name)).toEqual(outages);
});

test('finds a stream by its name, with the dataset that it carries or without', () => {
  expect(intakeNamed(deployment, { kind: 'stream', name: 'S-outages' })).toEqual(outages);
  expect(intakeNamed(deployment, { kind: 'stream', name: 'taps' })).toEqual({
    kind: 'stream',
    name: 'taps',
    arn: streamArn('taps'),
  });
});

const twice = (environment: string) =>
  someDeployment({
    environment,
    streams: ['S-test', 'S-live'],
    deliveries: ['test', 'live'].map((of) => datasetDelivery('energy', 'readings', `S-${of}`, of)),
  });

test('of a dataset that stands in several environments finds that of the one that was asked for', () => {
  expect(intakeOfDataset(twice('live'), 'readings').name).toBe('S-live');
});

test.each([
  [
    'outage',
    deployment,
    "UnknownDataset: '<dataset>' must name one dataset of the templates that run, got 'outage'; did you mean 'outages'?",
  ],
  ['readings', deployment, "got 'readings'; write its domain, too: energy.readings or water.readings"],
  ['taps', deployment, "got 'taps'; name one of energy.readings, energy.outages, water.readings"],
  [
    'readings',
    twice('dev'),
    "DatasetUnclear: 'energy.readings' must stand once in the templates that run, got the streams S-test, S-live; give one of them by '--stream-name'",
  ],
  [
    'taps',
    someDeployment({ streams: ['taps'] }),
    "UnknownDataset: '<dataset>' must name a dataset of the templates that run, got 'taps', but no delivery writes one; give a stream by '--stream-name': name one of taps",
  ],
])('fails for the dataset %s', (name, where, message) => {
  expect(() => intakeOfDataset(where, name)).toThrow(message);
});

test.each([
  ['S-outage', deployment, "got 'S-outage'; did you mean 'S-outages'?"],
  ['events', deployment, "got 'events'; name one of S-readings, S-outages, S-water, taps"],
  ['events', someDeployment({}), "got 'events'; they have none"],
])('fails with UnknownStream for %s', (name, where, message) => {
  expect(() => intakeNamed(where, { kind: 'stream', name })).toThrow(
    `UnknownStream: '--stream-name' must name a stream of the templates that run, ${message}`,
  );
});

describe('of a dataset without a stream', () => {
  const direct = someDeployment({
    streams: ['taps'],
    deliveries: [
      datasetDelivery('energy', 'tariffs', undefined),
      rejectsDelivery('energy'),
      { ...rejectsDelivery('own'), name: 'landing', arn: deliveryArn('landing') },
    ],
  });
  const tariffs = {
    kind: 'delivery',
    name: 'tariffs-delivery',
    arn: deliveryArn('tariffs-delivery'),
    dataset: {
      domain: 'energy',
      name: 'tariffs',
      environment: 'dev',
      prefix: 'keep7-hot7/energy/tariffs/',
      table: { database: 'lake_dev_energy', name: 'tariffs_clean', arn: tableArn('lake_dev_energy', 'tariffs_clean') },
    },
  };

  test('finds the delivery, by the dataset or by its own name', () => {
    expect(intakeOfDataset(direct, 'tariffs')).toEqual(tariffs);
    expect(intakeNamed(direct, { kind: 'delivery', name: 'tariffs-delivery' })).toEqual(tariffs);
  });

  test('finds a delivery of no dataset, and none that reads a stream', () => {
    expect(intakeNamed(direct, { kind: 'delivery', name: 'landing' })).toEqual({
      kind: 'delivery',
      name: 'landing',
      arn: deliveryArn('landing'),
    });
    expect(() => intakeNamed(deployment, { kind: 'delivery', name: 'outages-delivery' })).toThrow(
      "UnknownDelivery: '--delivery-stream-name' must name a delivery that reads no stream of the templates that run, got 'outages-delivery'; name one of energy-rejects",
    );
  });

  test('one that stands beside its namesake with a stream is unclear', () => {
    const both = someDeployment({
      environment: 'dev',
      streams: ['S'],
      deliveries: [datasetDelivery('energy', 'tariffs', undefined), datasetDelivery('energy', 'tariffs', 'S')],
    });
    expect(() => intakeOfDataset(both, 'tariffs')).toThrow(
      "got the deliveries and streams tariffs-delivery, S; give one of them by '--delivery-stream-name' or '--stream-name'",
    );
  });
});
