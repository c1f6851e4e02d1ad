import { readerOf, readerOfTable } from '../../../cli/platform/find-reader.ts';
import { roleArn, someDeployment, tableArn, workGroupArn } from '../../support/deployment.ts';

const ANALYST = 'headwaters/dev/analyst/A';
const table = tableArn('d', 't');

/** @param may Roles that may ask, by workgroup */
const deployment = (may: Readonly<Record<string, readonly string[]>>, seeTable: readonly string[] = []) =>
  someDeployment({
    roles: { Reader: {}, Other: {}, Silent: {}, [ANALYST]: {} },
    workGroups: Object.keys(may),
    may: {
      ...Object.fromEntries(
        Object.entries(may).map(([name, roles]) => [`athena:StartQueryExecution ${workGroupArn(name)}`, roles]),
      ),
      [`athena:StartQueryExecution ${workGroupArn('primary')}`]: ['Other'],
      [`glue:GetTable ${table}`]: seeTable,
    },
  });

test.each<[what: string, may: Record<string, string[]>, asked: Parameters<typeof readerOf>[1], role: string, workGroup: string]>([
  ['the only role and workgroup', { g: ['Reader'] }, {}, 'Reader', 'g'],
  ['the analyst of several roles', { g: ['Reader'], h: [ANALYST] }, {}, ANALYST, 'h'],
  ['a role that is named, where it may ask', { g: ['Reader'], h: ['Other'] }, { role: 'Other' }, 'Other', 'h'],
  ['the role that may ask in a workgroup', { g: ['Reader'], h: ['Other'] }, { workGroup: 'h' }, 'Other', 'h'],
  ['role and workgroup as they are named', { g: ['Reader'], h: ['Other'] }, { role: 'Other', workGroup: 'g' }, 'Other', 'g'],
  ["the account's own workgroup when it is named", { g: ['Reader'] }, { workGroup: 'primary' }, 'Other', 'primary'],
  ['one that may not ask, for Athena to refuse', { g: ['Reader'] }, { role: 'Silent' }, 'Silent', 'g'],
])('finds %s', async (_, may, asked, role, workGroup) => {
  expect(await readerOf(deployment(may), asked)).toEqual({ roleArn: roleArn(role), workGroup });
});

test.each<[may: Record<string, string[]>, asked: Parameters<typeof readerOf>[1], message: string]>([
  [
    { g: ['Reader', 'Other'] },
    {},
    "RoleUnclear: '--as' must be given where several roles may run queries; name one of Reader, Other",
  ],
  [
    { g: [], h: [] },
    {},
    "NoReader: a role that can be taken must be allowed 'athena:StartQueryExecution' in a workgroup of the templates, got none for g, h;",
  ],
  [{}, {}, 'got none, and no workgroup; grant it to one'],
  [
    { g: ['Reader'], h: ['Reader'] },
    {},
    "WorkGroupUnclear: '--work-group' must be given where Reader may run queries in several workgroups; name one of g, h",
  ],
  [{ g: ['Reader'], h: ['Other'] }, { role: 'Silent' }, 'where Silent may run queries in none of several; name one of g, h'],
  [
    { team: ['Reader'] },
    { workGroup: 'teem' },
    "UnknownWorkGroup: '--work-group' must name a workgroup of the templates, got 'teem'; did you mean 'team'?",
  ],
  [{ team: ['Reader'] }, { workGroup: 'x' }, "got 'x'; name one of team, primary"],
  [{ g: ['Reader'] }, { role: 'nobody' }, "UnknownRole: '--as' must be a role's ARN or its name, got 'nobody'"],
])('fails where %j may and %j is asked', async (may, asked, message) => {
  await expect(readerOf(deployment(may), asked)).rejects.toThrow(message);
});

test.each<[what: string, may: Record<string, string[]>, see: string[], reader: object | undefined]>([
  [
    'one who may ask and sees it',
    { g: ['Other', 'Reader'] },
    ['Reader', 'Silent'],
    { roleArn: roleArn('Reader'), workGroup: 'g' },
  ],
  ['the analyst before others', { g: ['Reader', ANALYST] }, ['Reader', ANALYST], { roleArn: roleArn(ANALYST), workGroup: 'g' }],
  ['nobody where no role does both', { g: ['Reader'] }, ['Silent'], undefined],
])('finds for a table %s', async (_, may, see, reader) => {
  expect(await readerOfTable(deployment(may, see), table)).toEqual(reader);
});
