import type { Actor } from './actors.ts';
import { ABSENT, OTHER } from './dimension.ts';
import type { Box } from './boxes.ts';
import { neutral } from './neutral.ts';
import { nameOfPlace, type Dataset, type Place } from './place.ts';
import type { Environment, Resource } from './read-environment.ts';
import { flavourOf } from './universe.ts';
import type { Target } from './target.ts';

/** A target as somebody sees it: the same words for what is the same to others like them. */
export interface Cell {
  /** Whose it is: `own dataset`, `neighbour dataset`, `another domain`. */
  readonly whose: string;
  readonly what: string;
}

/** Somebody, and what they ask for. */
export interface Pair {
  readonly actor: Actor;
  readonly target: Target;
}

/** How a place stands to another. */
function standing(asking: Place, asked: Place): string {
  if (asked.domain === undefined) return 'the platform';
  const what = asked.dataset === undefined ? 'domain' : 'dataset';
  if (asking.domain === undefined) return `any ${what}`;
  if (asking.domain !== asked.domain) return `${what} of another domain`;
  if (asked.dataset === undefined) return 'own domain';
  if (asking.dataset === undefined) return 'dataset of own domain';
  return asking.dataset === asked.dataset ? 'own dataset' : 'neighbour dataset';
}

const WHOSE = { twin: 'another environment', account: 'somebody else in the account', foreign: 'another account' } as const;

/** Describes a target to an actor. */
export function describe(actor: Actor, target: Target, environment: Environment): Cell {
  const { side, kind, place, label, key } = target;
  const whose = side === 'own' ? standing(actor.place, place) : WHOSE[side];
  const type = kind.split(':')[1] ?? 'action';
  if (side === 'account' || side === 'foreign') return { whose, what: `${kind} ${neutral(label, environment.name)}` };
  if (key === undefined) return { whose, what: `${kind} ${label}` };
  return { whose, what: `s3:${type} ${label}/${pathOf(actor, target, environment)}` };
}

/** The key of an object, seen by somebody: of their own dataset, its class and any other; of others', what becomes of it. */
function pathOf({ place: asking }: Actor, { place, key, side }: Target, environment: Environment): string {
  const { datasets } = environment;
  const { retention, form = '' } = key ?? {};
  const dataset = datasets.find(({ domain, name }) => domain === place.domain && name === place.dataset);
  if (dataset === undefined) return neutral(form, environment.name);
  if (retention === undefined) return form.replace('/', '/<domain>/<dataset>/');
  const isOwn = side === 'own' && asking.domain === place.domain && asking.dataset === place.dataset;
  const its = dataset.prefix.startsWith(`${retention}/`);
  return `<${isOwn ? (its ? 'its class' : 'another class') : `a class of ${flavourOf(retention)} objects`}>/<domain>/<dataset>/${form}`;
}

/** Says a condition as somebody sees it, without the names of datasets and domains where they stand for all of their kind. */
export function describeBox(actor: Actor, box: Box, environment: Environment): Box {
  return box.map(({ key, passing, failing }) => {
    const { alike } = grouped(actor, [...passing, ...failing], environment);
    const say = (tokens: readonly string[]): readonly string[] =>
      [
        ...new Set(
          tokens.map((token) => {
            const said = sayToken(actor, token, environment);
            const together = alike.get(said) ?? [];
            return together.every((one) => tokens.includes(one)) && isWhole(actor, said, together, environment)
              ? said
              : neutral(token, environment.name);
          }),
        ),
      ].sort();
    return { key, passing: say(passing), failing: say(failing) };
  });
}

function grouped(
  actor: Actor,
  tokens: readonly string[],
  environment: Environment,
): { readonly alike: ReadonlyMap<string, readonly string[]> } {
  const alike = new Map<string, string[]>();
  for (const token of tokens) {
    const said = sayToken(actor, token, environment);
    alike.set(said, [...(alike.get(said) ?? []), token]);
  }
  return { alike };
}

/** What is said of all that are called alike must hold of each. */
function isWhole(actor: Actor, said: string, tokens: readonly string[], { datasets, resources }: Environment): boolean {
  const alike = new Set(resources.filter((one) => sayResource(actor, one) === said).map(({ arn }) => arn)).size;
  if (alike > 0) return tokens.length === alike;
  const domains = new Set(datasets.map(({ domain }) => domain));
  if (!said.includes('<each domain>')) return tokens.length === 1;
  return tokens.length === (actor.place.domain === undefined ? domains.size : domains.size - 1);
}

const sayResource = ({ place }: Actor, resource: Resource): string => `${standing(place, resource.place)}: ${resource.label}`;

function sayToken(actor: Actor, token: string, environment: Environment): string {
  if (token === OTHER || token === ABSENT) return token;
  const known = environment.resources.find(
    ({ arn, name }) => arn === token || name === token || `arn:aws:s3:::${name}` === token,
  );
  if (known !== undefined) return sayResource(actor, known);
  const { place } = actor;
  const segment = (name: string): RegExp => new RegExp(`(?<=/)${name}(?=/)`, 'g');
  let said = neutral(token, environment.name);
  if (place.dataset !== undefined) said = said.replaceAll(segment(place.dataset), '<own dataset>');
  for (const domain of new Set(environment.datasets.map((one) => one.domain)))
    said = said.replaceAll(segment(domain), domain === place.domain ? '<own domain>' : '<each domain>');
  return said;
}

/** Names what a row holds of, where it does not hold of all that are called alike: by what they share, or each. */
export function only(all: readonly Pair[], some: readonly Pair[], { datasets }: Environment): string {
  if (all.length === some.length) return '';
  const secret = new Set(datasets.filter(({ usesSecret }) => usesSecret).map(nameOfDataset));
  const isSecret = ({ actor, target }: Pair): boolean =>
    [actor.place, target.place].some((place) => secret.has(nameOfPlace(place)));
  if (some.every(isSecret) && some.length === all.filter(isSecret).length) return 'datasets that use the secret';
  return [...new Set(some.map(concrete))].sort().join(', ');
}

const nameOfDataset = ({ domain, name }: Dataset): string => nameOfPlace({ domain, dataset: name });

function concrete({ actor, target }: Pair): string {
  const [from, to] = [nameOfPlace(actor.place), nameOfPlace(target.place)];
  if (actor.place.domain === undefined) return to;
  return from === to || target.place.domain === undefined ? from : `${from} to ${to}`;
}
