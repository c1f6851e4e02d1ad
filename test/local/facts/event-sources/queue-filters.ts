import { Members } from '../../../../local/input.ts';
import { readMessageFilter } from '../../../../local/lambda/queue-source/index.ts';
import { queueRig } from '../../lambda/queue-source/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const FILTERING = `${GUIDE}/with-sqs-filtering.html`;
const RECORDED = recorded('lambda_/event_source_mapping/test_lambda_integration_sqs');

const criteria = (...patterns: readonly unknown[]) =>
  new Members({
    Filters: patterns.map((pattern) => ({ Pattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern) })),
  });

/** The bodies that a function gets where a mapping has filters, and how many messages the queue has left. */
async function passed(patterns: readonly unknown[], bodies: readonly string[], more: object = {}) {
  const filter = readMessageFilter(criteria(...patterns));
  const { map, send, clock, batches } = await queueRig();
  const mapping = map(filter === undefined ? {} : { filter });
  for (const body of bodies) await send(body, more);
  await clock.advance(100);
  return { got: batches().flat(), left: mapping.pending };
}

const JSON_BODY = '{"my-key":"my-value"}';

/** Which messages of a queue a function gets. */
export const eventSourcesQueueFilters: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'a filter is held against the body of a message; what it does not mean is deleted, and the function never sees it',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const bodies = [JSON_BODY, '{"my-key":"other-value"}'];
        expect(await passed([{ body: { 'my-key': ['my-value'] } }], bodies)).toEqual({ got: [JSON_BODY], left: 0 });
        const numbers = ['{"n":99}', '{"n":100}', '{"n":200}'];
        expect((await passed([{ body: { n: [{ numeric: ['>=', 100, '<', 200] }] } }], numbers)).got).toEqual(['{"n":100}']);
      },
    },
    {
      says: 'a body that is a plain text is meant by no pattern of a JSON body',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const bodies = [JSON_BODY, 'plain-string'];
        expect((await passed([{ body: { 'my-key': ['my-value'] } }], bodies)).got).toEqual([JSON_BODY]);
        expect((await passed([{ body: { other: [{ exists: false }] } }], bodies)).got).toEqual([JSON_BODY]);
      },
    },
    {
      says: 'a pattern of plain texts means plain texts, and no JSON body',
      basis: 'documented',
      source: FILTERING,
      holds: async () => {
        expect((await passed([{ body: [{ prefix: 'plain' }] }], ['plain-string', 'other', JSON_BODY])).got).toEqual([
          'plain-string',
        ]);
        expect((await passed([{ body: [{ exists: false }] }], ['plain-string', JSON_BODY])).got).toEqual([]);
      },
    },
    {
      says: 'a body that is a number or a text of JSON is a plain text to a filter',
      basis: 'undecided',
      source: FILTERING,
      holds: async () => {
        expect((await passed([{ body: ['42', '"a"'] }], ['42', '"a"', '[42]'])).got).toEqual(['42', '"a"']);
      },
    },
    {
      says: 'a message is meant where any of several filters means it',
      basis: 'documented',
      source: `${GUIDE}/invocation-eventfiltering.html`,
      holds: async () => {
        const patterns = [{ body: { a: [1] } }, { body: ['text'] }];
        expect((await passed(patterns, ['{"a":1}', '{"a":2}', 'text'])).got).toEqual(['{"a":1}', 'text']);
      },
    },
    {
      says: 'a filter of what else a message has, its attributes for example, means messages of either form: the page’s note says that body alone is filtered, and its table that this is',
      basis: 'undecided',
      source: FILTERING,
      holds: async () => {
        const pattern = { messageAttributes: { kind: { stringValue: ['order'] } } };
        const kind = (StringValue: string) => ({ MessageAttributes: { kind: { DataType: 'String', StringValue } } });
        expect((await passed([pattern], ['text', JSON_BODY], kind('order'))).got).toEqual(['text', JSON_BODY]);
        expect(await passed([pattern], ['text', JSON_BODY], kind('other'))).toEqual({ got: [], left: 0 });
        expect((await passed([{ attributes: { ApproximateReceiveCount: ['1'] } }], ['text'])).got).toEqual(['text']);
      },
    },
    {
      says: 'a pattern that is none is refused: Invalid filter pattern definition',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        for (const pattern of [
          'null',
          'simple string',
          { eventSource: 'aws:sqs' },
          { eventSource: [] },
          { body: 'plain-string' },
        ]) {
          expect(() => readMessageFilter(criteria(pattern))).toThrow(/Invalid filter pattern definition\.$/);
        }
      },
    },
  ],
};
