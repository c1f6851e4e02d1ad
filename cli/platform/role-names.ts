import { TAGS } from '../../core/cost/template/traffic.ts';
import { grouped } from '../../core/grouped.ts';
import { exportSegment, stackName } from '../../core/naming.ts';
import type { Deployment } from './deployment.ts';
import type { Outputs } from './platform.ts';

interface NamedRole {
  readonly name: string;
  /** Told where two roles have the same name. */
  readonly fullName: string;
  readonly arn: string;
}

const ROLE = /^arn:[^:]+:iam::\d{12}:role\//;
/** Keys of values that one stack takes from another: the CDK's own. */
const IMPORTED = /^ExportsOutput/;
/** What a further stack of a domain has after the name of the first (docs/adr/0017). */
export const PART = /-Part\d+$/;

/** Roles that the outputs of stacks tell, by a name to type: `analyst`, `sales/steward`. */
export function rolesOfOutputs(environment: string, outputs: Outputs): ReadonlyMap<string, string> {
  const ofDomain = stackName.domain(environment, '');
  return toldApart(
    Object.entries(outputs).flatMap(([stack, values]) =>
      Object.entries(values)
        .filter(([key, value]) => ROLE.test(value) && !IMPORTED.test(key))
        .map(([key, arn]) => {
          const name = hyphened(key.replace(/(?<=.)(Role)?(Arn)?$/, ''));
          const domain = stack.startsWith(ofDomain) ? stack.slice(ofDomain.length).replace(PART, '') : undefined;
          return { name: domain === undefined ? name : `${domain}/${name}`, fullName: `${stack}/${name}`, arn };
        }),
    ),
  );
}

/** The roles that can be taken, by a name to type: that of an output, or else by what they do for whom, or else IAM's. */
export function roleNames({ environment, outputs, roles }: Deployment): ReadonlyMap<string, string> {
  const takeable = new Set(roles.map(({ arn }) => arn));
  const told = [...rolesOfOutputs(environment, outputs)].filter(([, arn]) => takeable.has(arn));
  const arns = new Set(told.map(([, arn]) => arn));
  const untold = roles.filter(({ arn }) => !arns.has(arn));
  const isHere = ({ arn }: { readonly arn: string }): boolean => environmentOfRole(arn) === environment;
  const names = new Map(told);
  // those of the environment that was asked for have the short names
  for (const some of [untold.filter(isHere), untold.filter((role) => !isHere(role))])
    for (const [name, arn] of toldApart(some.map(nameByPath))) names.set(names.has(name) ? nameInIam(arn) : name, arn);
  return names;
}

/** The last part of a role's ARN: what the AWS CLI calls `RoleName`. */
export const nameInIam = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The environment of a role that stands under its actor's path, as all of Headwaters' do. */
export const environmentOfRole = (arn: string): string | undefined => /:role\/headwaters\/([^/]+)\/[^/]+\//.exec(arn)?.[1];

/** A role under its actor's path is called as in Headwaters' own environments, with what its tags tell. */
function nameByPath({ arn, tags }: Deployment['roles'][number]): NamedRole {
  const fullName = nameInIam(arn);
  const actor = /:role\/headwaters\/[^/]+\/([^/]+)\//.exec(arn)?.[1];
  if (actor === undefined) return { name: fullName, fullName, arn };
  const { [TAGS.domain]: domain, [TAGS.dataset]: dataset } = tags;
  const ofDataset = dataset === undefined ? '' : `${exportSegment(dataset)}-`;
  return { name: `${domain === undefined ? '' : `${exportSegment(domain)}/`}${ofDataset}${actor}`, fullName, arn };
}

const toldApart = (roles: readonly NamedRole[]): ReadonlyMap<string, string> =>
  new Map(
    grouped(roles, ({ name }) => name).flatMap((alike) => {
      const clear = new Set(alike.map(({ arn }) => arn)).size === 1;
      return alike.map(({ name, fullName, arn }) => [clear ? name : fullName, arn] as const);
    }),
  );

const hyphened = (key: string): string => key.replaceAll(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
