import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { CommandError } from '../command-error.ts';
import type { Deployment } from './deployment.ts';
import { namesOf, roleArnOf } from './find-role.ts';
import type { Reader } from './platform.ts';
import { roleNames } from './role-names.ts';

/** Every account's own workgroup, which no template has made. */
const PRIMARY = 'primary';
/** Who asks where several may and nobody was named. */
const ANALYST = 'analyst';

interface Asked {
  /** A role's ARN, or its name. @default - the analyst, or the only role that may ask */
  readonly role?: string | undefined;
  /** @default - the only one in which the role may ask */
  readonly workGroup?: string | undefined;
}

/**
 * Who asks a question, and in which workgroup.
 *
 * @throws {@link CommandError} `UnknownRole`, `UnknownWorkGroup`, `NoReader`, `RoleUnclear`, `WorkGroupUnclear`
 */
export async function readerOf(deployment: Deployment, { role, workGroup }: Asked): Promise<Reader> {
  const askers = await askersOf(deployment, workGroup);
  const roleArn = role === undefined ? theAsker(deployment, askers) : roleArnOf(deployment, role);
  return { roleArn, workGroup: workGroup ?? workGroupFor(deployment, askers, roleArn) };
}

/** Somebody who may ask about a table; undefined where nobody may. */
export async function readerOfTable(deployment: Deployment, table: string): Promise<Reader | undefined> {
  const askers = await askersOf(deployment, undefined);
  const readers = await deployment.rolesThatMay('glue:GetTable', table);
  const analyst = roleNames(deployment).get(ANALYST);
  const all = [...askers].flatMap(([workGroup, roles]) =>
    roles.filter((roleArn) => readers.includes(roleArn)).map((roleArn) => ({ roleArn, workGroup })),
  );
  return all.find(({ roleArn }) => roleArn === analyst) ?? all[0];
}

/** The roles that may run queries, by workgroup. @throws {@link CommandError} `UnknownWorkGroup` */
async function askersOf(deployment: Deployment, only: string | undefined): Promise<ReadonlyMap<string, readonly string[]>> {
  const { workGroups } = deployment;
  if (only !== undefined && !workGroups.some(({ name }) => name === only)) {
    const known = workGroups.map(({ name }) => name);
    throw new CommandError(
      'UnknownWorkGroup',
      `'--work-group' must name a workgroup of the templates, got '${only}'${didYouMean(only, known) || `; ${nameOneOf(known)}`}`,
    );
  }
  const asked = workGroups.filter(({ name }) => (only === undefined ? name !== PRIMARY : name === only));
  return new Map(
    await Promise.all(
      asked.map(async ({ name, arn }) => [name, await deployment.rolesThatMay('athena:StartQueryExecution', arn)] as const),
    ),
  );
}

function theAsker(deployment: Deployment, askers: ReadonlyMap<string, readonly string[]>): string {
  const all = [...new Set([...askers.values()].flat())];
  const analyst = roleNames(deployment).get(ANALYST);
  if (analyst !== undefined && all.includes(analyst)) return analyst;
  const [asker, other] = all;
  const where = [...askers.keys()];
  if (asker === undefined)
    throw new CommandError(
      'NoReader',
      `a role that can be taken must be allowed 'athena:StartQueryExecution' in a workgroup of the templates, got none${where.length === 0 ? ', and no workgroup' : ` for ${where.join(', ')}`}; grant it to one, or give '--as' and '--work-group'`,
    );
  if (other !== undefined)
    throw new CommandError(
      'RoleUnclear',
      `'--as' must be given where several roles may run queries; name one of ${namesOf(deployment, all)}`,
    );
  return asker;
}

/** Where a role asks. One that may nowhere is refused by Athena in its own words, where it is clear in which workgroup. */
function workGroupFor(deployment: Deployment, askers: ReadonlyMap<string, readonly string[]>, roleArn: string): string {
  const open = [...askers].filter(([, roles]) => roles.includes(roleArn)).map(([name]) => name);
  const all = [...askers.keys()];
  const [workGroup, other] = open.length > 0 ? open : all.length > 0 ? all : [PRIMARY];
  if (workGroup === undefined || other !== undefined)
    throw new CommandError(
      'WorkGroupUnclear',
      `'--work-group' must be given where ${namesOf(deployment, [roleArn])} may run queries in ${open.length > 0 ? 'several workgroups' : 'none of several'}; name one of ${(open.length > 0 ? open : all).join(', ')}`,
    );
  return workGroup;
}
