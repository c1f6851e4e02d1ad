import { danger, digestOf, type Danger } from './danger.ts';
import type { Resource, StackTemplate, Templates } from '../aws/template.ts';
import { textOf } from './value.ts';

/** Account and region to which a stack goes; undefined where the deployment decides. */
interface Place {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Stacks that go elsewhere than they did, all from one account or region to one other. */
export interface StackMove {
  readonly stacks: readonly string[];
  readonly dangers: readonly Danger[];
}

/** Both versions as they would be in one place, and what was moved: that every ARN names another account is said once. */
export interface Settled {
  readonly before: Templates;
  readonly after: Templates;
  readonly moves: readonly StackMove[];
}

/** @see https://docs.aws.amazon.com/cdk/v2/guide/environments.html */
const ENVIRONMENT = /^aws:\/\/([^/]+)\/([^/]+)$/;

function placeOf({ environment = '' }: StackTemplate): Place | undefined {
  const [, account, region] = ENVIRONMENT.exec(environment) ?? [];
  if (account === undefined || region === undefined) return undefined;
  const known = (part: string) => (part.startsWith('unknown-') ? undefined : part);
  return { account: known(account), region: known(region) };
}

/** Where most stacks go, environment by environment. */
export function commonPlaces<K>(templates: Templates, environmentOf: (stack: string) => K): ReadonlyMap<K, string> {
  const counts = new Map<K, Map<string, number>>();
  for (const [stack, { environment }] of templates) {
    if (environment === undefined) continue;
    const ofOne = counts.get(environmentOf(stack)) ?? new Map<string, number>();
    counts.set(environmentOf(stack), ofOne.set(environment, (ofOne.get(environment) ?? 0) + 1));
  }
  return new Map([...counts].map(([key, ofOne]) => [key, [...ofOne].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '']));
}

export function inOnePlace(before: Templates, after: Templates): Settled {
  const moved = [...after].flatMap(([stack, now]) => {
    const old = before.get(stack);
    const [from, to] = [old === undefined ? undefined : placeOf(old), placeOf(now)];
    if (old === undefined || from === undefined || to === undefined || old.environment === now.environment) return [];
    return [{ stack, old, now, from, to }];
  });
  const settled = (version: 'old' | 'now') =>
    moved.map(({ stack, from, to, ...both }) => [stack, settle(both[version], from, to)] as const);
  return {
    before: new Map([...before, ...settled('old')]),
    after: new Map([...after, ...settled('now')]),
    moves: movesOf(moved),
  };
}

function movesOf(moved: readonly { readonly stack: string; readonly from: Place; readonly to: Place }[]): readonly StackMove[] {
  const moves = new Map<string, StackMove>();
  for (const { stack, from, to } of moved) {
    const found = judgeMove(from, to);
    const key = JSON.stringify(found);
    moves.set(key, { stacks: [...(moves.get(key)?.stacks ?? []), stack], dangers: found });
  }
  return [...moves.values()];
}

function judgeMove(from: Place, to: Place): readonly Danger[] {
  const parts = (['account', 'region'] as const).filter((part) => from[part] !== to[part]);
  const isKnown = (part: 'account' | 'region') => from[part] !== undefined && to[part] !== undefined;
  const words = (place: Place, named: typeof parts) =>
    named.map((part) => `the ${part} ${place[part] ?? 'that the deployment names'}`).join(', ');
  const known = parts.filter(isKnown);
  const found =
    known.length > 0
      ? danger(
          'StackMoved',
          `it goes to ${words(to, known)}, and went to ${words(from, known)}: all is made anew there, empty, and what is here stays behind`,
        )
      : danger('UnknownEffect', `it goes to ${words(to, parts)}, and went to ${words(from, parts)}: see that it is the same`);
  return [{ ...found, change: digestOf([from, to]) }];
}

/** A template as it would be in the new place, with account and region written out. */
function settle(template: StackTemplate, from: Place, to: Place): StackTemplate {
  const [account, region] = [to.account ?? from.account, to.region ?? from.region];
  const written = (value: unknown): unknown =>
    writeOut(value, { account, region }, (text) => rename(text, from, { account, region }));
  return {
    ...template,
    resources: new Map(
      [...template.resources].map(([id, { type, properties, attributes }]) => [
        id,
        { type, properties: written(properties), attributes: written(attributes) } as Resource,
      ]),
    ),
    outputs: written(template.outputs) as StackTemplate['outputs'],
    sections: written(template.sections) as StackTemplate['sections'],
  };
}

const rename = (text: string, from: Place, to: Place): string =>
  [
    [from.account, to.account, '(?<!\\d)', '(?!\\d)'],
    [from.region, to.region, '(?<![a-z0-9])', '(?!\\d)'],
  ].reduce(
    (rest, [old, now, head = '', tail = '']) =>
      old === undefined || now === undefined ? rest : rest.replaceAll(new RegExp(`${head}${old}${tail}`, 'g'), now),
    text,
  );

/** `{ "Ref": "AWS::Region" }` as the region, and a join of nothing but texts as their text. */
function writeOut(value: unknown, place: Place, named: (text: string) => string): unknown {
  if (typeof value === 'string') return named(value);
  if (Array.isArray(value)) return value.map((part) => writeOut(part, place, named));
  if (typeof value !== 'object' || value === null) return value;
  const written = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, writeOut(part, place, named)]));
  if (written.Ref === 'AWS::AccountId') return place.account ?? written;
  if (written.Ref === 'AWS::Region') return place.region ?? written;
  if (typeof written['Fn::Sub'] === 'string') return substituted(written['Fn::Sub'], place);
  const [separator, parts] = Array.isArray(written['Fn::Join']) ? (written['Fn::Join'] as unknown[]) : [];
  if (typeof separator !== 'string' || !Array.isArray(parts)) return written;
  return parts.every((part) => typeof part === 'string')
    ? textOf(written)
    : { 'Fn::Join': [separator, merged(parts, separator)] };
}

function substituted(template: string, { account, region }: Place): unknown {
  const text = template
    .replaceAll('${AWS::AccountId}', account ?? '${AWS::AccountId}')
    .replaceAll('${AWS::Region}', region ?? '${AWS::Region}');
  return text.includes('${') ? { 'Fn::Sub': text } : text;
}

/** Texts beside each other as one, where nothing stands between them. */
const merged = (parts: readonly unknown[], separator: string): readonly unknown[] =>
  separator !== ''
    ? parts
    : parts.reduce<readonly unknown[]>((done, part) => {
        const last = done.at(-1);
        return typeof part === 'string' && typeof last === 'string' ? [...done.slice(0, -1), last + part] : [...done, part];
      }, []);
