import { resourceMatcher } from '../../../local/faults/resource-matcher.ts';

const stream = 'arn:aws:kinesis:us-east-1:123456789012:stream/Platform-dev-Domain-sales-DatasetsLateOrdersStream320A1EB5';
const object = 'arn:aws:s3:::platform-raw/internal/late_orders/dt=2026-01-01/a+b.json';

test.each([
  ['late_orders', [stream, object]],
  ['LateOrders', [stream, object]],
  ['LateOrdersStream', [stream]],
  ['Platform-dev-Domain-sales-DatasetsLateOrdersStream320A1EB5', [stream]],
  ['orders', [stream, object]],
  ['order', []],
  ['orders_late', []],
  [stream, [stream]],
  ['arn:aws:kinesis:*', [stream]],
  ['arn:aws:s3:::platform-raw/*', [object]],
  ['arn:aws:s3:::platform-raw', []],
  ['*LateOrders*', [stream]],
  ['*/a+b.jso?', [object]],
  ['*/a.b.json', []],
])('%s means what it says', (where, meant) => {
  expect([stream, object].filter(resourceMatcher(where))).toEqual(meant);
});
