import { NoSite, part, type Found, type Json, type TemplatesCopy } from './copy.ts';

/** A statement as a template writes it. */
export interface Statement extends Json {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource?: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** A statement with the policy that it is of. */
export interface Site {
  readonly found: Found;
  readonly statements: Statement[];
  readonly statement: Statement;
}

/** What a policy is of: an identity, or what it guards. */
export type PolicyOf = 'identity' | 'bucket' | 'key' | 'topic' | 'trust' | 'endpoint';

const PLACES: Readonly<Record<PolicyOf, readonly [type: string, property: string]>> = {
  identity: ['AWS::IAM::ManagedPolicy', 'PolicyDocument'],
  bucket: ['AWS::S3::BucketPolicy', 'PolicyDocument'],
  key: ['AWS::KMS::Key', 'KeyPolicy'],
  topic: ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
  trust: ['AWS::IAM::Role', 'AssumeRolePolicyDocument'],
  endpoint: ['AWS::EC2::VPCEndpoint', 'PolicyDocument'],
};

/** Every statement of the policies of one sort, of which `is` holds. */
export function sitesOf(copy: TemplatesCopy, of: PolicyOf, is: (statement: Statement) => boolean = () => true): readonly Site[] {
  const [type, property] = PLACES[of];
  return copy.all(type).flatMap((found) => {
    const statements = part(found.resource.Properties, property, 'Statement') as unknown as Statement[];
    return statements.filter(is).map((statement) => ({ found, statements, statement }));
  });
}

export const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();
export const serviceOf = (statement: Statement): string => actionsOf(statement)[0]?.split(':')[0] ?? '';
export const keysOf = ({ Condition = {} }: Statement): readonly string[] =>
  Object.values(Condition).flatMap((keys) => Object.keys(keys));

/** What tells one statement from another beside whose it is: those of a dataset are like those of the next. */
const sortOf = ({ statement: { Sid, Effect, Action, Principal, Condition } }: Site): string =>
  JSON.stringify([Sid, Effect, Sid === undefined ? [Action, Principal, Object.keys(Condition ?? {})] : []]);

/** One statement of each sort. */
export const distinct = (sites: readonly Site[]): readonly Site[] => [
  ...new Map(sites.toReversed().map((site) => [sortOf(site), site])).values(),
];

/** @throws {@link NoSite} */
export function pick(sites: readonly Site[], at = 0): Site {
  const site = sites[at];
  if (site === undefined) throw new NoSite(`no statement that this mutant needs, or fewer than ${at + 1}`);
  return site;
}

export const removeStatement = ({ statements, statement }: Site): void =>
  void statements.splice(statements.indexOf(statement), 1);

/** Takes conditions on a key off. */
export function dropKey({ statement }: Site, key: string): void {
  const left = Object.entries(statement.Condition ?? {})
    .map(([operator, keys]) => [operator, Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key))] as const)
    .filter(([, keys]) => Object.keys(keys).length > 0);
  if (left.length === 0) Reflect.deleteProperty(statement, 'Condition');
  else statement.Condition = Object.fromEntries(left);
}
