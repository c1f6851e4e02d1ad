import { tableParameters } from '../../../../core/contract/table-parameters.ts';
import { pricePlatform } from '../../../../core/cost/template/price-platform.ts';
import { curatedColumns } from '../../../../core/curated/curated-columns.ts';
import { curatedPrefix } from '../../../../core/curated/curated-location.ts';
import { curatedTableName } from '../../../../core/naming.ts';
import { plainDataset } from '../../../support/contracts.ts';
import { platform, readings, SAMPLE } from './sample.ts';
import { tagOf } from '../../../../core/cost/template/resource-set.ts';
import { TAGS } from '../../../../core/cost/template/traffic.ts';
import { PLAIN_WORKLOAD } from '../../../../core/cost/template/workload.ts';
import * as constructs from '../../../../constructs/domain/tags.ts';
import { batchMetrics } from '../../../../constructs/ingestion/batch-metrics.ts';

test('datasets are known by the tags that the constructs set', () => {
  expect(TAGS).toEqual({ domain: constructs.TAGS.domain, dataset: constructs.TAGS.dataset });
  const tagged = { stack: 's', id: 'i', type: 't', properties: { Tags: [{ Key: TAGS.domain, Value: 'energy' }] } };
  expect(tagOf(tagged, TAGS.domain)).toBe('energy');
  expect(tagOf(tagged, TAGS.dataset)).toBeUndefined();
});

test('curated tables are known by the parameters and the name that their contract gives them', () => {
  const dataset = { ...plainDataset('readings', 'energy'), curatedWithinMs: 86_400_000 };
  const definition = {
    databaseName: 'energy',
    tableName: curatedTableName(dataset.name),
    location: `s3://Curated/${curatedPrefix(dataset)}`,
    columns: curatedColumns(dataset),
    key: dataset.primaryKey,
    properties: tableParameters(dataset),
  };
  const table = { Type: 'Custom::IcebergTable', Properties: { Definition: JSON.stringify(definition) } };
  const resources = { ...SAMPLE, Curated: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'Curated' } }, Table0: table };
  const folded = pricePlatform(platform(resources, PLAIN_WORKLOAD, [readings]), 1).filter(
    ({ what }) => what === 'scanned by folds',
  );
  expect(folded.map(({ resource }) => resource)).toEqual(['Stack/Table0']);
});

test('a function emits as many metrics, in as many bytes, as a workload takes for granted', () => {
  const contract = { domain: 'energy', dataset: 'readings' } as unknown as Parameters<typeof batchMetrics>[1];
  const line = batchMetrics('prod', contract, [], [], () => true, 0);
  expect(line.match(/"Unit":"Count"/g)).toHaveLength(PLAIN_WORKLOAD.metricsPerFunction);
  expect(line.length).toBeGreaterThan(PLAIN_WORKLOAD.logBytesPerInvocation / 3);
  expect(line.length).toBeLessThan(PLAIN_WORKLOAD.logBytesPerInvocation); // the rest is what Lambda itself logs
});
