import { stackName } from '../../core/naming.ts';
import { ownTemplates, parseTemplate } from '../support/platform.ts';
import { readable, type Resource } from '../support/synth.ts';

const foundation = (environment: string): Resource[] =>
  Object.values(parseTemplate(ownTemplates(environment).get(stackName.foundation(environment)) ?? '{}').Resources);
const ofType = (resources: readonly Resource[], type: string) => resources.filter(({ Type }) => Type === type);
const trails = (environment: string) => ofType(foundation(environment), 'AWS::CloudTrail::Trail');

test('dev records nothing of who did what', () => {
  expect(trails('dev')).toEqual([]);
});

test.each([
  ['staging', []],
  ['prod', ['clean', 'curated', 'mart']],
])('%s records what is done to objects of every zone, and of its copies of %j', (environment, copies) => {
  const [trail, ...others] = trails(environment);
  expect(others).toEqual([]);
  const [zones] = trail?.Properties.AdvancedEventSelectors as { FieldSelectors: { Field: string; StartsWith?: unknown[] }[] }[];
  expect(readable(zones?.FieldSelectors.find(({ Field }) => Field === 'resources.ARN')?.StartsWith)).toEqual([
    ...['Raw', 'Clean', 'Quarantine', 'Curated', 'Mart', 'Results'].map((zone) => `\${Lake${zone}Bucket.Arn}/`),
    ...copies.map((zone) => `arn:\${AWS::Partition}:s3:::headwaters-prod-${zone}-eu-west-3-\${AWS::AccountId}/`),
  ]);
});

test.each([
  ['staging', 7, false],
  ['prod', 365, true],
])('%s locks its records for %d days; what is managed is recorded there: %s', (environment, Days, IsMultiRegionTrail) => {
  const locks = ofType(foundation(environment), 'AWS::S3::Bucket').flatMap(
    ({ Properties }) => Properties.ObjectLockConfiguration ?? [],
  );
  expect(locks).toEqual([{ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days } } }]);
  expect(trails(environment).map(({ Properties }) => Properties.IsMultiRegionTrail)).toEqual([IsMultiRegionTrail]);
});
