import { ADMINISTRATOR, actorsOf, type Actor } from './actors.ts';
import { renderBox, type Box } from './boxes.ts';
import type { Catalogue } from './catalogue.ts';
import { describe, describeBox, only, type Pair } from './describe.ts';
import type { Answer, Grant, Judge } from './judge.ts';
import type { Endpoint, Environment } from './read-environment.ts';
import { groupedBy, remember } from './remember.ts';
import { scopeOf, statementsIn } from './statement.ts';
import { TRUST, type Target } from './target.ts';
import { universeOf } from './universe.ts';

/** One thing that somebody may do. */
export interface Row {
  readonly actor: string;
  /** Whose it is that they may do it to: `own dataset`. */
  readonly whose: string;
  /** The kind and the name of what they may do it to: `kinesis:stream Stream`. */
  readonly what: string;
  readonly action: string;
  /** Empty where it is allowed always. */
  readonly when: string;
  /** Of whom alone it holds, where not all that are called alike are alike; else empty. */
  readonly only: string;
}

/** What a group of actors and targets that are called alike are granted. */
interface Alike {
  readonly actor: string;
  readonly whose: string;
  readonly what: string;
  readonly all: Pair[];
  readonly granted: Map<readonly Grant[], Pair[]>;
}

/** Works out who may do what in an environment. @param twin The same environment under another name */
export function matrixOf(environment: Environment, twin: Environment, catalogue: Catalogue, judge: Judge): readonly Row[] {
  const targets = universeOf(environment, twin, catalogue);
  const actors = actorsOf(environment);
  const asked = [...groupedBy(actors, ({ name }) => name)].map(([name, alike]) => ({
    name,
    alike,
    answers: alike.map((actor) => judge.once(actor, targets, () => survey(actor, targets, { environment, judge }))),
  }));
  const plain = asked.find(({ name }) => name === ADMINISTRATOR);
  const rows = asked.flatMap(({ name, alike, answers }) => {
    const beside = plain !== undefined && name.startsWith(`${ADMINISTRATOR} at `) ? plain.answers : [];
    return judge.rows(name, [...answers, ...beside], () => {
      const groups = groupsOf(alike, answers, environment);
      return wholeBuckets(beside.length === 0 ? groups : beyond(groups, groupsOf(plain?.alike ?? [], beside, environment)));
    });
  });
  const passing = environment.endpoints.flatMap((endpoint) => through(endpoint, { environment, targets, actors, judge }));
  return [...rows, ...passing]
    .map((row) => [textOf(row), row] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);
}

/** What actors of one name are granted, by what they call what they ask for. @param answers Of each actor */
function groupsOf(actors: readonly Actor[], answers: readonly (readonly Answer[])[], environment: Environment): readonly Group[] {
  const found = new Map<string, Alike>();
  for (const [at, actor] of actors.entries()) {
    for (const { target, whose, what, grants } of answers[at] ?? []) {
      const alike = remember(found, `${whose}\n${what}`, () => ({
        actor: actor.name,
        whose,
        what,
        all: [],
        granted: new Map<readonly Grant[], Pair[]>(),
      }));
      alike.all.push({ actor, target });
      if (grants.length > 0) remember(alike.granted, grants, () => []).push({ actor, target });
    }
  }
  return [...found.values()].map((alike) => ({ ...alike, rows: rowsOf(alike, environment) }));
}

const survey = (
  actor: Actor,
  targets: readonly Target[],
  { environment, judge }: { readonly environment: Environment; readonly judge: Judge },
): readonly Answer[] =>
  targets
    .filter((target) => isAsked(actor, target))
    .map((target) => ({ target, ...describe(actor, target, environment), grants: judge.grants(actor, target) }));

/** Who may do anything is asked about what has a policy of its own; who has no policy, about what lets others in. */
const isAsked = ({ mayAll = false, identity }: Actor, { policy, side }: Target): boolean =>
  mayAll || identity.length === 0 ? policy !== undefined && side === 'own' : true;

function rowsOf({ actor, whose, what, all, granted }: Alike, environment: Environment): readonly Row[] {
  const pairs = new Map<string, Pair[]>();
  for (const [grants, some] of granted) {
    const [first] = some;
    if (first === undefined) continue;
    const said = new Map<Box, string>();
    for (const { action, boxes } of grants) {
      for (const box of boxes) {
        const when = remember(said, box, () => renderBox(describeBox(first.actor, box, environment)));
        remember(pairs, `${action}\n${when}`, () => []).push(...some);
      }
    }
  }
  return [...pairs].map(([key, some]) => {
    const [action = '', when = ''] = key.split('\n');
    return { actor, whose, what, action, when, only: only(all, some, environment) };
  });
}

const OBJECT = /^(s3:object [^/]+)\//;
const bucketOf = ({ actor, whose, what }: Pick<Row, 'actor' | 'whose' | 'what'>): string | undefined =>
  /own|neighbour|any|of another domain|the platform/.test(whose) ? OBJECT.exec(what)?.[1]?.concat('\n', actor) : undefined;

interface Group {
  readonly actor: string;
  readonly whose: string;
  readonly what: string;
  readonly rows: readonly Row[];
}

/** What holds of every object of a bucket is said once. */
function wholeBuckets(groups: readonly Group[]): readonly Row[] {
  const key = ({ action, when }: Row): string => `${action}\n${when}`;
  return [...groupedBy(groups, bucketOf)].flatMap(([bucket, all]) => {
    const rows = all.flatMap((group) => group.rows);
    if (bucket === undefined || all.length === 1) return rows;
    const [first = new Set<string>(), ...others] = all.map(
      (group) => new Set(group.rows.filter((row) => row.only === '').map(key)),
    );
    const shared = new Set([...first].filter((one) => others.every((some) => some.has(one))));
    const [what = '', actor = ''] = bucket.split('\n');
    return [
      ...[...shared].map((one) => {
        const [action = '', when = ''] = one.split('\n');
        return { actor, whose: EVERYBODYS, what: `${what}/*`, action, when, only: '' };
      }),
      ...rows.filter((row) => row.only !== '' || !shared.has(key(row))),
    ];
  });
}

/** Whose a bucket is, with all that lies in it. */
export const EVERYBODYS = 'the platform';

/** Of administrators whose role has a path that a policy looks for, what they may beyond all others: all they may, if it is less somewhere. */
function beyond(groups: readonly Group[], others: readonly Group[]): readonly Group[] {
  const plain = new Set(others.flatMap(({ rows }) => rows.map(withoutActor)));
  const mine = new Set(groups.flatMap(({ rows }) => rows.map(withoutActor)));
  if ([...plain].some((row) => !mine.has(row))) return groups;
  return groups.map((group) => ({ ...group, rows: group.rows.filter((row) => !plain.has(withoutActor(row))) }));
}

const withoutActor = (row: Row): string => textOf({ ...row, actor: '' });

interface Through {
  readonly environment: Environment;
  readonly targets: readonly Target[];
  readonly actors: readonly Actor[];
  readonly judge: Judge;
}

/** What a network endpoint lets through, of those who may all: whoever may less gets through with less. */
function through({ label, policy }: Endpoint, { environment, targets, actors, judge }: Through): readonly Row[] {
  const rows = new Map<string, Row>();
  const spoken = statementsIn(policy).map(scopeOf);
  const asked = targets
    .filter(({ kind, arn }) => kind !== TRUST && spoken.some(({ ofResource }) => ofResource(arn)))
    .map((target): Target => ({ ...target, policy, mustAllow: true }));
  for (const actor of actors.filter(({ mayAll }) => mayAll)) {
    for (const target of asked) {
      for (const { action, boxes } of judge.grants(actor, target)) {
        const { whose, what } = describe(actor, target, environment);
        for (const box of boxes) {
          const when = renderBox(describeBox(actor, box, environment));
          const row = { actor: `${actor.name} through ${label}`, whose, what, action, when, only: '' };
          rows.set(textOf(row), row);
        }
      }
    }
  }
  return [...rows.values()];
}

/** A row in one line, by which rows are sorted and compared. */
export const textOf = ({ actor, whose, what, action, when, only: of }: Row): string =>
  [actor, whose, what, action, when, of].join(' | ');
