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

test('a function emits as many metrics, in as many bytes, as a workload takes for granted', () => {
  const contract = { domain: 'energy', dataset: 'readings' } as unknown as Parameters<typeof batchMetrics>[1];
  const line = batchMetrics('prod', contract, [], [], () => true, 0);
  expect(line.match(/"Unit":"Count"/g)).toHaveLength(PLAIN_WORKLOAD.metricsPerFunction);
  expect(line.length).toBeGreaterThan(PLAIN_WORKLOAD.logBytesPerInvocation / 3);
  expect(line.length).toBeLessThan(PLAIN_WORKLOAD.logBytesPerInvocation); // the rest is what Lambda itself logs
});
