import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Domain } from '../../../../constructs/domain/index.ts';
import { LakeStorage } from '../../../../constructs/storage/index.ts';
import { readTemplate } from '../../../../core/aws/template.ts';
import { estimateMonthlyCost } from '../../../../core/cost/estimate.ts';
import { checkNames } from '../../../../core/cost/template/check-names.ts';
import { estimatePlatform } from '../../../../core/cost/template/estimate-platform.ts';
import { pricePlatform } from '../../../../core/cost/template/price-platform.ts';
import type { Platform } from '../../../../core/cost/template/situation.ts';
import { plainDataset } from '../../../support/contracts.ts';
import { resourcesOfType, synth } from '../../../support/synth.ts';
import { workload } from './sample.ts';

const GB = 2 ** 30;
const dataset = (name: string, freshnessSeconds: number, expectedEventsPerDay: number, expectedEventBytes: number) => ({
  ...plainDataset(name),
  freshnessSeconds,
  expectedEventsPerDay,
  expectedEventBytes,
});
/** A stream of its own for the first; the others are put straight into their deliveries, and share a function. */
const CONTRACTS = [
  dataset('readings', 900, 1e6, 999), // 3e7 events in a month of 30 days, 25 KB hold 25 of them: 25,000 bytes a record
  dataset('outages', 3600, 2 ** 20, 1023), // 30 GB a month, in 2^20 x 30 / 25 records of 25 KiB
  dataset('tariffs', 86_400, 10_000, 499), // 300,000 events a month, six of which come in a minute: 50,000 records of 3,000 bytes
];
const removalPolicy = RemovalPolicy.RETAIN;
const template = synth((stack: Stack) => {
  const lake = new LakeStorage(stack, 'Lake', { environment: 'test', removalPolicy });
  const alarmTopic = new Topic(stack, 'Topic');
  new Domain(stack, 'Energy', { environment: 'test', domain: 'energy', datasets: CONTRACTS, lake, removalPolicy, alarmTopic });
});
const ids = (type: string) => Object.keys(resourcesOfType(template, type));
const platform = (said: Parameters<typeof workload>[0] = {}, contracts: Platform['contracts'] = CONTRACTS): Platform => ({
  templates: new Map([['Stack', readTemplate(JSON.stringify(template.toJSON()), 'Stack')]]),
  contracts,
  workload: workload({ hoursPerMonth: 720, ...(said as object) }),
});
const items = pricePlatform(platform(), 'filled');
/** What a line of the one resource whose id has these words says. */
const quantity = (words: RegExp, what: string, from = items): number => {
  const found = from.filter((one) => words.test(one.resource) && one.what === what);
  expect(found).toHaveLength(1);
  return found[0]?.quantity ?? NaN;
};

const REJECTS = { readings: 0.005 * 3e7, outages: 0.005 * 30 * 2 ** 20, tariffs: 0.005 * 300_000 };
/** Each in an envelope of 600 bytes and in base64, a third longer. */
const REJECTED_BYTES =
  REJECTS.readings * (600 + (1000 * 4) / 3) + REJECTS.outages * (600 + (1024 * 4) / 3) + REJECTS.tariffs * (600 + (500 * 4) / 3);
const ALL_REJECTS = REJECTS.readings + REJECTS.outages + REJECTS.tariffs;

test.each([
  ['what is put into a delivery, as its contract says', /OutagesDelivery/, 'delivered', 30],
  ['all of it, to Parquet', /OutagesDelivery/, 'converted to Parquet', 30],
  ['5 KB of each smaller record', /TariffsDelivery/, 'delivered', (50_000 * 5120) / GB],
  ['what a stream brings', /ReadingsDelivery/, 'delivered', ((3e7 / 25) * 25_600) / GB],
  [
    'one function for both, by full batches of the one and by the interval of the other',
    /DirectPutTransform/,
    'invocations',
    157_286.4 + 43_200,
  ],
  ['metrics of the function for each dataset that it judges', /DirectPutTransform/, 'metrics of its own', 2 * 7],
  ['metrics of the function of one dataset', /ReadingsTransform/, 'metrics of its own', 7],
  ['the rejects of all three, each up to 5 KB', /Quarantine/, 'delivered', (ALL_REJECTS * 5120) / GB],
  ['their bytes, filed by reason', /Quarantine/, 'filed by keys', REJECTED_BYTES / GB],
])('a month bills %s', (_, words, what, expected) => {
  expect(quantity(words, what)).toBeCloseTo(expected, 6);
});

test('a stream is billed for the one dataset that has it', () => {
  expect(ids('AWS::Kinesis::Stream')).toHaveLength(1);
  expect(items.filter(({ part }) => part === 'ingest').map(({ resource, what }) => [resource, what])).toEqual(
    ['shards', 'put'].map((what) => [`Stack/${ids('AWS::Kinesis::Stream')[0] ?? ''}`, what]),
  );
});

test('a contract and its templates are billed alike', () => {
  const planned = (one: (typeof CONTRACTS)[number], part: string, what: string) =>
    estimateMonthlyCost(one).items.find((item) => item.part === part && item.what === what)?.usd ?? NaN;
  const [, outages, tariffs] = CONTRACTS;
  if (outages === undefined || tariffs === undefined) throw new Error('no contracts');
  const ours = (words: RegExp, what: string) => items.find((one) => words.test(one.resource) && one.what === what)?.usd;
  for (const what of ['delivered', 'converted to Parquet'])
    expect(ours(/OutagesDelivery/, what)).toBeCloseTo(planned(outages, 'delivery', what), 9);
  for (const what of ['invocations', 'duration'])
    expect(ours(/DirectPutTransform/, what)).toBeCloseTo(
      planned(outages, 'transform', what) + planned(tariffs, 'transform', what),
      9,
    );
  expect(ours(/LakeRaw/, 'energy.outages, STANDARD')).toBeCloseTo(planned(outages, 'storage', 'raw'), 9);
});

test.each([
  [
    'more than its contract',
    { datasets: { 'energy.tariffs': { eventsPerDay: 20_000, eventsPerRecord: 1 } } },
    (600_000 * 5120) / GB,
  ],
  ['nothing', { datasets: { 'energy.tariffs': { eventsPerDay: 0 } } }, 0],
])('a workload may say %s of a dataset without a stream', (_, said, expected) => {
  const asked = platform(said);
  checkNames([asked.templates], [], asked.workload); // by its tags, without a contract
  expect(quantity(/TariffsDelivery/, 'delivered', pricePlatform(asked, 1))).toBeCloseTo(expected, 9);
});

test('a workload may say what the quarantine takes in', () => {
  const id = ids('AWS::KinesisFirehose::DeliveryStream').find((one) => one.includes('Quarantine')) ?? '';
  const asked = platform({ datasets: { [id]: { eventsPerDay: 10, eventBytes: 99, eventsPerRecord: 1 } } });
  checkNames([asked.templates], CONTRACTS, asked.workload);
  expect(quantity(/Quarantine/, 'delivered', pricePlatform(asked, 1))).toBeCloseTo((300 * 5120) / GB, 12);
});

describe('alarms are billed by the metrics that they read:', () => {
  const alarms = items.filter(({ what }) => what === 'alarm');
  const of = (words: RegExp) =>
    alarms
      .filter(({ resource }) => words.test(resource))
      .map(({ resource, quantity: metrics }) => [/Alarms([A-Z][a-z]+)/.exec(resource)?.[1], metrics])
      .sort(([a = ''], [b = '']) => String(a).localeCompare(String(b)));

  test('four of a dataset without a stream', () => {
    expect(of(/Outages/)).toEqual([
      ['Late', 1],
      ['Quarantined', 2],
      ['Throttled', 1],
      ['Undelivered', 2],
    ]);
    expect(of(/Tariffs/)).toEqual(of(/Outages/));
  });
  test('one of the function that they share', () => {
    expect(of(/DirectPutAlarms/)).toEqual([['Failing', 2]]);
  });
  test('six of a dataset with a stream', () => {
    expect(of(/Readings/)).toEqual([
      ['Failing', 2],
      ['Late', 2],
      ['Quarantined', 2],
      ['Throttled', 1],
      ['Undelivered', 2],
      ['Unread', 3],
    ]);
  });
});

test('a report says of each dataset what it brings, and of the quarantine nothing', () => {
  const said = (contracts: Platform['contracts']) =>
    estimatePlatform(platform({}, contracts)).assumptions.filter((one) => one.includes(' brings '));
  expect(said(CONTRACTS)).toEqual([
    'energy.readings brings 1,000,000 events a day, 1,000 bytes each with the newline, 25 in a record',
    'energy.outages brings 1,048,576 events a day, 1,024 bytes each with the newline, 25 in a record',
    'energy.tariffs brings 10,000 events a day, 500 bytes each with the newline, 6 in a record',
  ]);
  expect(said([])).toEqual(
    ['readings', 'outages', 'tariffs'].map(
      (name) => `energy.${name} brings no events: neither a contract nor the workload says how many`,
    ),
  );
});

test('while no events come, what has no stream costs its alarms alone', () => {
  const idle = pricePlatform(platform({}, []), 1).filter(({ usd }) => usd > 0);
  const own = idle.filter(({ resource }) => /Outages|Tariffs|DirectPut/.test(resource));
  expect(own.every(({ what }) => what === 'alarm')).toBe(true);
  expect(own.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo((2 * 6 + 2) * 0.1, 9);
});
