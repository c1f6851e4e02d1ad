import { RETENTION_CLASSES } from '../../../core/storage/retention-classes.ts';
import { ACCOUNT, FOREIGN, REGION } from './accounts.ts';
import { NO_RESOURCE, type Catalogue } from './catalogue.ts';
import { instanceOf } from './dimension.ts';
import type { Dataset, Place } from './place.ts';
import type { Document, Environment, Resource } from './read-environment.ts';
import { remember } from './remember.ts';
import { documentsOf } from './services.ts';
import { scopeOf, statementsIn } from './statement.ts';
import { mustAllow, TRUST, type ObjectKey, type Target } from './target.ts';

/** A stranger's resource lets everybody in: what holds an actor back is its own policy alone. */
const OPEN: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
/** What somebody else in the account has lets in whoever their own policies let. */
const BY_ACCOUNT: Document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: '*', Resource: '*' }],
};
const BY_ACCOUNT_TRUST: Document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:*' }],
};
const OPEN_TRUST: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:*' }] };

const NAME = 'somebody-elses';

/**
 * Everything to ask for: each resource of the environment with what lies in it, all of it once more in another environment, and for each type of
 * resource that AWS lists one of somebody else in the account and one of a stranger. What a pattern of a policy matches is always there.
 */
export function universeOf(environment: Environment, twin: Environment, catalogue: Catalogue): readonly Target[] {
  const patterns = [environment, twin].flatMap(patternsOf);
  const targets = [
    ...ofEnvironment(environment, 'own', patterns),
    ...ofEnvironment(twin, 'twin', patterns),
    ...[...catalogue.forms].flatMap(([kind, form]) => (kind === 's3:object' ? [] : others(kind, form))),
    ...patterns.filter((pattern) => pattern.startsWith('arn:aws:s3:::')).flatMap(bucketsLike([environment, twin])),
    nothing,
  ];
  const known = new Map<string, Target>();
  for (const target of targets) remember(known, `${target.kind} ${target.arn}`, () => target);
  const more = patterns.flatMap((pattern) => likeIt(pattern, catalogue, [...known.values()]));
  return [...known.values(), ...new Map(more.map((target) => [target.arn, target])).values()];
}

/** What an action without a resource is asked on. */
const nothing: Target = { kind: NO_RESOURCE, arn: '*', side: 'own', place: {}, label: 'no resource', mustAllow: false };

const list = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

/** Every resource that a policy of an environment names, as it names it. */
const patternsOf = (environment: Environment): readonly string[] => [
  ...new Set(
    documentsOf(environment)
      .flatMap(statementsIn)
      .flatMap(({ Resource, NotResource }) => [...list(Resource), ...list(NotResource)])
      .filter((pattern) => pattern !== '*'),
  ),
];

function ofEnvironment(
  { resources, datasets }: Environment,
  side: 'own' | 'twin',
  patterns: readonly string[],
): readonly Target[] {
  const keys = keysOf(datasets, patterns);
  return [
    ...resources.flatMap((resource) => [
      targetOf(resource, side),
      ...partsOf(resource, side),
      ...objectsOf(resource, side, keys),
    ]),
    ...(side === 'own'
      ? [
          {
            kind: 'glue:rootcatalog',
            arn: `arn:aws:glue:${REGION}:${ACCOUNT}:catalog`,
            side,
            place: {},
            label: 'catalog',
            mustAllow: false,
          },
        ]
      : []),
  ];
}

const targetOf = ({ kind, arn, place, label, policy }: Resource, side: Target['side']): Target => ({
  kind,
  arn,
  side,
  place,
  label,
  mustAllow: mustAllow(kind),
  ...(policy === undefined || kind === 'iam:role' ? {} : { policy }),
});

/** What lies in a resource and has an ARN of its own. */
function partsOf(resource: Resource, side: Target['side']): readonly Target[] {
  const { kind, arn } = resource;
  const part = (of: string, its: string, label = resource.label): readonly Target[] => [
    { ...targetOf(resource, side), kind: of, arn: its, label, mustAllow: false },
  ];
  if (kind === 'iam:role') return [{ ...targetOf({ ...resource, kind: TRUST }, side) }];
  if (kind === 'lambda:function alias' || kind === 'lambda:function version') return part('lambda:function', arn); // an action on a function takes either
  if (kind === 'glue:database') return part('glue:table', `${arn.replace(':database/', ':table/')}/x`, 'any other table');
  if (kind === 'states:statemachine') return part('states:execution', `${arn.replace(':stateMachine:', ':execution:')}:x`);
  if (kind === 'glue:table') return part('glue:tableversion', `${arn.replace(':table/', ':tableVersion/')}/1`);
  if (kind === 'logs:log-group')
    return part('logs:log-stream', arn.replace(/\*$/, 'log-stream:any'), `${resource.label} any other stream`);
  return [];
}

interface Key {
  readonly text: string;
  readonly place: Place;
  readonly object: ObjectKey;
}

function objectsOf(resource: Resource, side: Target['side'], keys: readonly Key[]): readonly Target[] {
  if (resource.kind !== 's3:bucket') return [];
  return keys.map(({ text, place, object }) => ({
    ...targetOf(resource, side),
    kind: 's3:object',
    arn: `${resource.arn}/${text}`,
    place,
    key: object,
  }));
}

const CLASSES = RETENTION_CLASSES.map(({ name }) => name);
/** What the lifecycle of a class ends in. */
export const flavourOf = (retention: string): string => /-(deep|flexible)$/.exec(retention)?.[1] ?? 'queryable';

/** Keys of objects: of each dataset in its class, and in a class of each kind that is not its own; its errors; and whatever else a policy names. */
function keysOf(datasets: readonly Dataset[], patterns: readonly string[]): readonly Key[] {
  const keys = new Map<string, Key>();
  const add = (text: string): void => void keys.set(text, readKey(text, datasets));
  for (const { domain, name, prefix } of datasets) {
    const own = prefix.split('/')[0] ?? '';
    const others = ['queryable', 'flexible', 'deep'].flatMap((flavour) =>
      CLASSES.filter((retention) => flavourOf(retention) === flavour && retention !== own).slice(0, 1),
    );
    for (const retention of [own, ...others]) add(`${retention}/${domain}/${name}/x`);
    add(`_errors/${domain}/${name}/x`);
  }
  add('x');
  for (const pattern of patterns) {
    const [, key] = /^arn:aws:s3:::[^/]+\/(.+)$/.exec(pattern) ?? [];
    if (key === undefined) continue;
    if (key !== '*') add(instanceOf(key));
  }
  return [...keys.values()];
}

function readKey(text: string, datasets: readonly Dataset[]): Key {
  const segments = text.split('/');
  const [first = '', domain = '', name] = segments;
  const dataset = datasets.find((one) => one.domain === domain && one.name === name);
  if (dataset === undefined && datasets.some((one) => one.domain === domain))
    return { text, place: { domain }, object: { form: [first, '<domain>', ...segments.slice(2)].join('/') } };
  if (dataset === undefined) return { text, place: {}, object: { form: text } };
  const place = { domain: dataset.domain, dataset: dataset.name };
  return CLASSES.includes(first)
    ? { text, place, object: { retention: first, form: segments.slice(3).join('/') } }
    : { text, place, object: { form: [first, ...segments.slice(3)].join('/') } };
}

/** One of somebody else in the account, and one of a stranger. */
function others(kind: string, form: string): readonly Target[] {
  const type = kind.split(':')[1] ?? '';
  const fill = (account: string): string =>
    form
      .replaceAll('${Partition}', 'aws')
      .replaceAll('${Region}', REGION)
      .replaceAll('${Account}', account)
      .replaceAll(/\$\{[^}]*\}/g, NAME);
  const of = (side: 'account' | 'foreign', account: string): Target => {
    const [policy, trust] = side === 'account' ? [BY_ACCOUNT, BY_ACCOUNT_TRUST] : [OPEN, OPEN_TRUST];
    return {
      kind,
      arn: `${fill(account)}${kind === 'logs:log-group' ? ':*' : ''}${kind === 's3:bucket' ? `-${side}` : ''}`,
      side,
      place: {},
      label: type,
      mustAllow: mustAllow(kind),
      ...(side === 'foreign' || mustAllow(kind) ? { policy: kind === TRUST ? trust : policy } : {}),
    };
  };
  const both = [of('account', ACCOUNT), of('foreign', FOREIGN)];
  return kind === 's3:bucket'
    ? both.flatMap((bucket) => [
        bucket,
        { ...bucket, kind: 's3:object', arn: `${bucket.arn}/x`, label: 'object', mustAllow: false },
      ])
    : both;
}

/** A bucket's name is anybody's: one that a pattern takes in and nobody here has may be a stranger's. */
const bucketsLike =
  (environments: readonly Environment[]) =>
  (pattern: string): readonly Target[] => {
    const [, name = '', key] = /^arn:aws:s3:::([^/]+)(?:\/(.*))?$/.exec(pattern) ?? [];
    const bucket = instanceOf(name);
    if (environments.some(({ resources }) => resources.some((one) => one.name === bucket))) return [];
    const target: Target = {
      kind: 's3:bucket',
      arn: `arn:aws:s3:::${bucket}`,
      side: 'foreign',
      place: {},
      label: name,
      mustAllow: false,
      policy: OPEN,
    };
    return [target, { ...target, kind: 's3:object', arn: `${target.arn}/${key === undefined ? 'x' : instanceOf(key)}` }];
  };

/** What a policy names and nothing answers to yet, but what is the environment's own. */
function likeIt(pattern: string, { forms }: Catalogue, known: readonly Target[]): readonly Target[] {
  if (pattern.startsWith('arn:aws:s3:::') || /log-group:[^*]*:\*$/.test(pattern)) return [];
  const arn = instanceOf(pattern);
  const kinds = [...forms].filter(([, form]) => takes(form, arn)).map(([kind]) => kind);
  const shortest = kinds.filter((kind) => (forms.get(kind) ?? '').split(/[:/]/).length === arn.split(/[:/]/).length);
  const { ofResource } = scopeOf({ Effect: 'Allow', Action: '*', Resource: pattern });
  const isAsked = (kind: string): boolean =>
    known.some((one) => one.kind === kind && (one.side === 'account' || one.arn === arn) && ofResource(one.arn));
  return (shortest.length > 0 ? shortest : kinds)
    .filter((kind) => !isAsked(kind))
    .map((kind) => ({
      kind,
      arn,
      side: arn.includes(`:${FOREIGN}:`) ? ('foreign' as const) : ('account' as const),
      place: {},
      label: pattern,
      mustAllow: mustAllow(kind),
      ...(mustAllow(kind) ? { policy: kind === TRUST ? BY_ACCOUNT_TRUST : BY_ACCOUNT } : {}),
    }));
}

const takes = (form: string, arn: string): boolean =>
  new RegExp(`^${form.replaceAll(/[.*+?^()|[\]\\/-]/g, '\\$&').replaceAll(/\$\{[^}]*\}/g, '.+')}$`).test(arn);
