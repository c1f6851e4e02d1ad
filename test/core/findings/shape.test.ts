import { shapeOf } from '../../../core/findings/shape.ts';

const of = (domain: string, dataset?: string) => ({ domains: new Set([domain]), dataset });

test('is the same of every domain, dataset, retention class and region', () => {
  const tides = shapeOf('[Resource::arn:s3:::clean/keep365-hot30-warm365/sea/tides_late/*]', of('sea', 'TidesLate'));
  expect(tides).toBe('[Resource::arn:s3:::clean/<class>/<domain>/<dataset>/*]');
  expect(shapeOf('[Resource::arn:s3:::clean/keep1095-hot30-warm1095/sky/winds/*]', of('sky', 'Winds'))).toBe(tides);
  expect(shapeOf('[Resource::arn:s3:::clean/keep365-hot30-warm365/sea/sea/*]', of('sea', 'Sea'))).toBe(tides);
  expect(shapeOf('[Resource::arn:s3:::clean/keep365-hot30-warm365/north_sea/tides/*]', of('north-sea', 'Tides'))).toBe(tides);
  expect(shapeOf('[Resource::arn:kms:eu-west-3:x:key/*]', of('sea'))).toBe('[Resource::arn:kms:<region>:x:key/*]');
  expect(shapeOf('[Resource::table/headwaters_dev_sea/*]', of('sea'))).toBe('[Resource::table/headwaters_dev_<domain>/*]');
});

test.each([
  ['a class that is a pattern', 'clean/keep*/sea/tides/*'],
  ['no class', 'clean/sea/tides/*'],
  ['every dataset', 'clean/keep365-hot30-warm365/sea/*'],
  ['another dataset', 'clean/keep365-hot30-warm365/sea/ebbs/*'],
  ["another's domain", 'clean/keep365-hot30-warm365/sky/tides/*'],
  ['another bucket', 'raw/keep365-hot30-warm365/sea/tides/*'],
  ['everything', '*'],
])('is another for %s', (_, wider) => {
  const own = shapeOf('clean/keep365-hot30-warm365/sea/tides/*', of('sea', 'Tides'));
  expect(shapeOf(wider, of('sea', 'Tides'))).not.toBe(own);
});
