import { namesOf, roleArnOf } from '../../../cli/platform/find-role.ts';
import { roleArn, someDeployment } from '../../support/deployment.ts';

const deployment = someDeployment({
  roles: { 'headwaters/dev/steward/Steward1': {}, 'headwaters/dev/analyst/Analyst1': {} },
  outputs: {
    'Headwaters-dev-Domain-energy': { StewardRoleArn: roleArn('headwaters/dev/steward/Steward1') },
    'Headwaters-dev-Serving': { AnalystRoleArn: roleArn('headwaters/dev/analyst/Analyst1') },
  },
});

test.each([
  ['energy/steward', roleArn('headwaters/dev/steward/Steward1')],
  ['Analyst1', roleArn('headwaters/dev/analyst/Analyst1')],
  ['arn:aws:iam::123456789012:role/other', 'arn:aws:iam::123456789012:role/other'],
])('the role %s is %s', (role, arn) => {
  expect(roleArnOf(deployment, role)).toBe(arn);
});

test.each([
  ['analist', "; did you mean 'analyst'?"],
  ['nobody', '; name one of energy/steward, analyst'],
])('fails with UnknownRole for %s', (role, remedy) => {
  expect(() => roleArnOf(deployment, role)).toThrow(
    `UnknownRole: '--as' must be a role's ARN or its name, got '${role}'${remedy}`,
  );
});

test('fails where no role can be taken, and says what must trust whom', () => {
  expect(() => roleArnOf(someDeployment({}), 'analyst')).toThrow(
    "UnknownRole: '--as' must be a role's ARN or its name, got 'analyst'; no role of the templates trusts the account",
  );
});

test('names roles for a message, one that is not known by its ARN', () => {
  expect(namesOf(deployment, [roleArn('headwaters/dev/analyst/Analyst1'), roleArn('other')])).toBe(
    `analyst, ${roleArn('other')}`,
  );
});
