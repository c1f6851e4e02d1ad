import type { Resource } from '../../aws/template.ts';
import { alternativesOf } from '../alternatives.ts';
import { danger, type Danger } from '../danger.ts';
import { isObject, textOf } from '../value.ts';

type Resources = ReadonlyMap<string, Resource>;

/** Every place that a configuration names under some keys, in whatever branch of it. */
export const placesIn = (value: unknown, keys: readonly string[]): readonly unknown[] =>
  alternativesOf(value).flatMap(({ value: given }) =>
    isObject(given)
      ? Object.entries(given).flatMap(([key, inner]) =>
          alternativesOf(inner).flatMap(({ value: one }) => (keys.includes(key) && !isObject(one) ? [one] : placesIn(one, keys))),
        )
      : [],
  );

/** Whether a name refers to a resource of the platform or holds the account's number: a literal name may be anybody's. */
export const isOwn = (place: unknown, resources: Resources): boolean =>
  alternativesOf(place).every(({ value }) => isOwnName(bucketOf(textOf(value)), resources));

/** What comes before the keys of objects: a reference in a key says nothing of the bucket. */
const bucketOf = (text: string): string => /^(?:s3:\/\/)?((?:\$\{[^}]*\}|[^/])*)/.exec(text)?.[1] ?? text;

/** The text of what no rule reads, such as a mapping. */
const isUnread = (text: string): boolean => text.includes('{"');

function isOwnName(name: string, resources: Resources): boolean {
  if (isUnread(name)) return false;
  return [...name.matchAll(/\$\{(?<given>[^}]+)\}/g)].some(({ groups: { given = '' } = {} }) => {
    const [id = ''] = given.split('.');
    return given.startsWith('import ') || given === 'AWS::AccountId' || resources.has(id);
  });
}

/** Whose it is, the account in its ARN says: one that nothing named before is told as such. */
const namesAccount = (place: unknown): boolean => /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/.test(textOf(place));

/** Where something new writes to, if it may be anybody's. @param places By the property that names them, one or more of each */
export const strangePlaces = (what: string, places: Readonly<Record<string, unknown>>, resources: Resources): readonly Danger[] =>
  Object.entries(places)
    .filter(([, place]) =>
      alternativesOf(place).some(({ value }) => value !== undefined && !isOwn(value, resources) && !namesAccount(value)),
    )
    .map(([property]) =>
      danger(
        'UnknownEffect',
        `'${property}' of a new ${what} names a place that may be anybody's; refer to a resource of the platform, or look it up before you merge`,
      ),
    );
