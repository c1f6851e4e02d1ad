import { roleNames, rolesOfOutputs } from '../../../cli/platform/role-names.ts';
import { roleArn, someDeployment } from '../../support/deployment.ts';

const arn = roleArn;

test.each<[what: string, outputs: Record<string, Record<string, string>>, names: Record<string, string>]>([
  [
    'a key of any words',
    { Meters: { ScientistRole: arn('a'), AuditArn: arn('b'), Role: arn('c') } },
    { scientist: arn('a'), audit: arn('b'), role: arn('c') },
  ],
  ['a role with a path', { Meters: { ReaderRoleArn: arn('some/path/a') } }, { reader: arn('some/path/a') }],
  ['no value but a role', { Meters: { RoleArn: 'none', KeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/role' } }, {}],
  ['no value that stacks hand on', { Meters: { ExportsOutputFnGetAttReaderArn1234: arn('a') } }, {}],
  [
    'two roles of one name by their stacks',
    { North: { ReaderRole: arn('n'), WriterRole: arn('w') }, South: { ReaderRole: arn('s') } },
    { 'North/reader': arn('n'), 'South/reader': arn('s'), writer: arn('w') },
  ],
  ['one role that is told twice', { North: { ReaderRole: arn('n') }, South: { ReaderRole: arn('n') } }, { reader: arn('n') }],
])('takes from outputs %s', (_, outputs, names) => {
  expect(Object.fromEntries(rolesOfOutputs('dev', outputs))).toEqual(names);
});

const energy = { 'headwaters:domain': 'water_works', 'headwaters:dataset': 'late_readings' };

test.each<[what: string, given: Parameters<typeof someDeployment>[0], names: Record<string, string>]>([
  [
    'of Headwaters by what they do for whom',
    {
      roles: {
        'headwaters/lab/producer/P': energy,
        'headwaters/lab/steward/S': { 'headwaters:domain': 'water_works' },
        'headwaters/lab/analyst/A': {},
      },
    },
    {
      'water-works/late-readings-producer': arn('headwaters/lab/producer/P'),
      'water-works/steward': arn('headwaters/lab/steward/S'),
      analyst: arn('headwaters/lab/analyst/A'),
    },
  ],
  [
    "that would be called alike by IAM's names",
    { roles: { 'headwaters/lab/analyst/A': {}, 'headwaters/lab/analyst/B': {} } },
    { A: arn('headwaters/lab/analyst/A'), B: arn('headwaters/lab/analyst/B') },
  ],
  [
    'alike in several environments for the one that was asked for',
    { environment: 'live', roles: { 'headwaters/test/analyst/A': {}, 'headwaters/live/analyst/B': {} } },
    { analyst: arn('headwaters/live/analyst/B'), A: arn('headwaters/test/analyst/A') },
  ],
  ["of somebody's own by IAM's names", { roles: { 'team/Own': energy } }, { Own: arn('team/Own') }],
  [
    'by their outputs before anything else',
    { roles: { 'headwaters/lab/analyst/A': {} }, outputs: { Meters: { ScientistRole: arn('headwaters/lab/analyst/A') } } },
    { scientist: arn('headwaters/lab/analyst/A') },
  ],
  [
    "that would be called as an output is by IAM's names",
    { roles: { 'headwaters/lab/analyst/A': {}, B: {} }, outputs: { Meters: { AnalystRole: arn('B') } } },
    { analyst: arn('B'), A: arn('headwaters/lab/analyst/A') },
  ],
  ['and none that cannot be taken', { outputs: { Meters: { ScientistRole: arn('A') } } }, {}],
])('names roles %s', (_, given, names) => {
  expect(Object.fromEntries(roleNames(someDeployment(given)))).toEqual(names);
});
