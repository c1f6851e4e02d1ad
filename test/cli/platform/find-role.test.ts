import { Platform } from '../../../cli/platform/platform.ts';
import { roleArnOf } from '../../../cli/local/take-role.ts';

const platform = new Platform('dev', {
  'Headwaters-dev-Domain-energy': { StewardRoleArn: 'arn:energy-steward' },
  'Headwaters-dev-Serving': { AnalystRoleArn: 'arn:analyst' },
});

test.each([
  ['energy/steward', 'arn:energy-steward'],
  ['arn:aws:iam::123456789012:role/other', 'arn:aws:iam::123456789012:role/other'],
])('the role %s is %s', (role, arn) => {
  expect(roleArnOf(platform, role)).toBe(arn);
});

test.each([
  ['analist', "; did you mean 'analyst'?"],
  ['nobody', '; name one of energy/steward, analyst'],
])('fails with UnknownRole for %s', (role, remedy) => {
  expect(() => roleArnOf(platform, role)).toThrow(`UnknownRole: '--as' must be a role's ARN or its name, got '${role}'${remedy}`);
});
