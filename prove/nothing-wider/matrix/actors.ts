import type { Principal, RequestContext } from '../../../core/aws/iam/index.ts';
import { ACCOUNT, FOREIGN } from './accounts.ts';
import { instanceOf } from './dimension.ts';
import { neutral } from './neutral.ts';
import type { Place } from './place.ts';
import type { Document, Environment } from './read-environment.ts';
import { remember } from './remember.ts';
import { documentsOf } from './services.ts';
import { statementsIn, type RawStatement } from './statement.ts';

/** Who asks. */
export interface Actor {
  /** What rows call it: an actor's path, or who it is outside the platform. */
  readonly name: string;
  readonly place: Place;
  readonly principal: Principal;
  readonly identity: readonly Document[];
  readonly boundary?: Document;
  /** Condition keys that who asks decides; those that are absent are listed in `DECIDED`. */
  readonly context: RequestContext;
  /**
   * Its own policies allow everything, so that only what has a policy of its own can say anything about it.
   *
   * @default false
   */
  readonly mayAll?: boolean;
}

/** Keys that nobody chooses, in lower case. */
export const DECIDED: ReadonlySet<string> = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principaltype',
  'aws:resourceaccount',
  'kms:calleraccount',
]);

const EVERYTHING: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Whoever may do all that no policy of a resource forbids. */
export const ADMINISTRATOR = 'an administrator of the account';

/** Services that no policy needs to name to be asked about. */
const SERVICES = ['config.amazonaws.com', 'ec2.amazonaws.com', 'glue.amazonaws.com', 'events.amazonaws.com', 'ssm.amazonaws.com'];

/** Everybody who could ask for something: each role, and who has none. */
export function actorsOf(environment: Environment): readonly Actor[] {
  const paths = pathsOf(environment);
  const labels = new Map<string, Set<string>>();
  for (const { actor, label } of environment.roles) remember(labels, actor, () => new Set()).add(label);
  const role = (account: string, path: string): string => `arn:aws:iam::${account}:role/${path}`;
  const anyPath = (account: string, name: string) =>
    ['anywhere/role', ...paths].map((path) =>
      identityOf(
        `${name}${path === 'anywhere/role' ? '' : ` at ${neutral(path, environment.name)}`}`,
        role(account, instanceOf(path)),
        { mayAll: true },
      ),
    );
  return [
    ...environment.roles.map(({ actor, label, arn, place, identity, boundary }) => ({
      ...identityOf((labels.get(actor)?.size ?? 0) > 1 ? `${actor} ${label}` : actor, arn, {}),
      place,
      identity,
      ...(boundary === undefined ? {} : { boundary }),
    })),
    identityOf('somebody in the account without a policy', role(ACCOUNT, 'anywhere/without'), {}),
    ...anyPath(ACCOUNT, ADMINISTRATOR),
    ...anyPath(FOREIGN, 'an administrator of another account'),
    ...strangersIn(environment).map((arn) =>
      identityOf(`who is called ${neutral(arn, environment.name)}`, instanceOf(arn), { mayAll: true }),
    ),
    {
      name: 'anonymous',
      place: {},
      principal: { arn: 'anonymous', accountId: 'anonymous' },
      identity: [EVERYTHING],
      context: { 'aws:PrincipalIsAWSService': 'false', 'aws:PrincipalType': 'Anonymous', 'aws:PrincipalAccount': 'anonymous' },
      mayAll: true,
    },
    ...servicesIn(environment).map((service) => ({
      name: neutral(service, environment.name),
      place: {},
      principal: { service },
      identity: [],
      context: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': service },
    })),
  ];
}

function identityOf(name: string, arn: string, { mayAll = false }: { readonly mayAll?: boolean }): Actor {
  const accountId = arn.split(':')[4] ?? '';
  return {
    name,
    place: {},
    principal: {
      arn,
      accountId,
      sessionArn: `arn:aws:sts::${accountId}:assumed-role/${arn.slice(arn.lastIndexOf('/') + 1)}/session`,
    },
    identity: mayAll ? [EVERYTHING] : [],
    context: {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalType': 'AssumedRole',
      'kms:CallerAccount': accountId,
    },
    mayAll,
  };
}

const values = ({ Condition = {} }: RawStatement, key: string): readonly string[] =>
  Object.values(Condition).flatMap((keys) =>
    Object.entries(keys)
      .filter(([name]) => name.toLowerCase() === key)
      .flatMap(([, wanted]) => [wanted].flat().map(String)),
  );

/** Where policies look for who asks, by the role's path and name. */
const pathsOf = (environment: Environment): readonly string[] =>
  [
    ...new Set(
      documentsOf(environment)
        .flatMap(statementsIn)
        .flatMap((statement) => values(statement, 'aws:principalarn'))
        .filter((arn) => !arn.includes(':user/'))
        .map((arn) => arn.replace(/^.*?:role\//, '')),
    ),
  ].sort();

/** Roles and users of other accounts whom policies name: whoever is let in from outside has a row. */
const strangersIn = (environment: Environment): readonly string[] =>
  [
    ...new Set(
      documentsOf(environment)
        .flatMap(statementsIn)
        .flatMap((statement) => [...values(statement, 'aws:principalarn'), ...namedIn(statement)])
        .filter((arn) => /^arn:[\w-]+:iam::\d{12}:(role|user)\//.test(arn) && arn.split(':')[4] !== ACCOUNT),
    ),
  ].sort();

const namedIn = ({ Principal }: RawStatement): readonly string[] =>
  typeof Principal === 'object' && Principal !== null && 'AWS' in Principal ? [Principal.AWS].flat().map(String) : [];

const servicesIn = (environment: Environment): readonly string[] =>
  [
    ...new Set([
      ...SERVICES,
      ...documentsOf(environment)
        .flatMap(statementsIn)
        .flatMap(({ Principal }) =>
          typeof Principal === 'object' && Principal !== null && 'Service' in Principal
            ? [Principal.Service].flat().map(String)
            : [],
        ),
    ]),
  ].sort();
