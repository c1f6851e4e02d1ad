import { s3Place } from '../../../local/s3/address.ts';

test.each([
  ['s3://lake/orders/data/1.parquet', { bucket: 'lake', key: 'orders/data/1.parquet' }],
  ['s3a://lake/orders/', { bucket: 'lake', key: 'orders/' }],
  ['s3n://lake/orders', { bucket: 'lake', key: 'orders' }],
  ['s3://lake//two', { bucket: 'lake', key: '/two' }],
  ['s3://lake/a\nb', { bucket: 'lake', key: 'a\nb' }],
  ['s3://lake/', { bucket: 'lake', key: '' }],
])('takes %j apart', (address, place) => {
  expect(s3Place(address)).toEqual(place);
});

test.each(['', 'lake/orders', 's3://lake', 's3:///orders', 'hdfs://lake/orders', 'S3://lake/orders', ' s3://lake/orders'])(
  'fails to find a place in %j',
  (address) => {
    expect(s3Place(address)).toBeUndefined();
  },
);
