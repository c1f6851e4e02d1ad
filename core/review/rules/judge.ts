import { same } from '../../contract/compatibility/canonical.ts';
import { bound, danger, type Danger, type DangerCode } from '../danger.ts';
import type { Properties, Resource } from '../../aws/template.ts';
import { booleanOf, isIntrinsic, isObject, listOf, numberOf, textOf } from '../value.ts';

/** The whole resource, for what only two properties say together. */
export interface Whole {
  readonly before: Properties;
  readonly after: Properties;
  /** Those of its template, as they are. */
  readonly resources?: ReadonlyMap<string, Resource>;
}

/** Says what a difference of one property may do; nothing where it is known to do no harm. It is asked about differences only. */
export type Judge = (before: unknown, after: unknown, at: string, whole: Whole) => readonly Danger[];

export const harmless: Judge = () => [];

/** Why nothing need be said. */
export interface Harmless {
  readonly harmless: string;
}

const judgeOf = (judged: Judge | Harmless): Judge => (typeof judged === 'function' ? judged : harmless);

/** What a policy says is compared statement by statement: see `permissions/`. */
export const toldAsPermission: Judge = () => [];

/** What no rule knows is never passed. Values are not shown: one of them may be a secret. */
export const unknownEffect: Judge = (before, after, at) => {
  const verb = before === undefined ? 'was added' : after === undefined ? 'was removed' : 'changed';
  return [danger('UnknownEffect', `'${at}' ${verb}, and no rule knows what that does; look it up before you merge`)];
};

/** A change that always has the same effect. */
export const always =
  (code: DangerCode, does: string): Judge =>
  (_before, _after, at) => [danger(code, `'${at}' changed: ${does}`)];

export const createOnly = always('CreateOnlyChanged', 'CloudFormation makes a new, empty one in its place');
export const renamed = always(
  'PhysicalNameChanged',
  'a new, empty one gets the name, and whoever uses the old name finds nothing new there',
);

/** Judges the parts of an object each by itself; a part without a judge has an unknown effect. */
export const inside =
  (judges: Readonly<Record<string, Judge>>): Judge =>
  (before, after, at, whole) => {
    const [old, now] = [before ?? {}, after ?? {}];
    if (!isObject(old) || !isObject(now)) return unknownEffect(before, after, at, whole);
    return judgeParts(judges, old, now, at === '' ? '' : `${at}.`, whole);
  };

export function judgeParts(
  judges: Readonly<Record<string, Judge>>,
  before: Properties,
  after: Properties,
  prefix: string,
  whole: Whole,
): readonly Danger[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys
    .filter((key) => !same(before[key], after[key]))
    .flatMap((key) =>
      bound(
        (Object.hasOwn(judges, key) ? (judges[key] ?? unknownEffect) : unknownEffect)(
          before[key],
          after[key],
          `${prefix}${key}`,
          whole,
        ),
        [before[key], after[key]],
        `${prefix}${key}`,
      ),
    );
}

/** What a number is where the property is missing, its unit, and what the wrong direction does. */
interface Amount {
  /** Undefined where nobody says. */
  readonly absent?: number;
  readonly unit: string;
  readonly does: string;
}

const shown = (value: number, unit: string): string => (value === Infinity ? 'without limit' : `${value} ${unit}`);

const moved =
  (isWorse: (before: number, after: number) => boolean) =>
  (code: DangerCode, { absent, unit, does }: Amount): Judge =>
  (before, after, at, whole) => {
    const old = before === undefined ? absent : numberOf(before);
    const now = after === undefined ? absent : numberOf(after);
    if (old === undefined || now === undefined) return unknownEffect(before, after, at, whole);
    return isWorse(old, now) ? [danger(code, `'${at}' from ${shown(old, unit)} to ${shown(now, unit)}: ${does}`)] : [];
  };

/** A number that may grow and must not shrink. */
export const atLeast = moved((before, after) => after < before);
/** A number that may shrink and must not grow. */
export const atMost = moved((before, after) => after > before);

/** A switch that must not leave a position. @param absent Its position where the property is missing */
export const stays =
  (position: boolean, code: DangerCode, does: string, absent: boolean): Judge =>
  (before, after, at, whole) => {
    const old = before === undefined ? absent : booleanOf(before);
    const now = after === undefined ? absent : booleanOf(after);
    if (old === undefined || now === undefined) return unknownEffect(before, after, at, whole);
    return old === position && now !== position ? [danger(code, `'${at}' is not ${position}: ${does}`)] : [];
  };

/** Something that must not go. Whether it may come, and why, is said of each; how it changes is judged by another rule. */
export const kept =
  (code: DangerCode, does: string, added: Judge | Harmless, changed: Judge = unknownEffect): Judge =>
  (before, after, at, whole) => {
    if (before === undefined) return judgeOf(added)(before, after, at, whole);
    return after === undefined ? [danger(code, `'${at}' is gone: ${does}`)] : changed(before, after, at, whole);
  };

/** A list that must keep what it holds; whether it may grow, and why, is said of each. */
export const keepsAll =
  (code: DangerCode, does: string, added: Judge | Harmless): Judge =>
  (before, after, at, whole) => {
    if (![before, after].every((value) => value === undefined || Array.isArray(value)))
      return unknownEffect(before, after, at, whole);
    const gone = listOf(before).filter((entry) => !listOf(after).some((other) => same(entry, other)));
    const hasMore = listOf(after).some((entry) => !listOf(before).some((other) => same(entry, other)));
    return [
      ...(gone.length === 0 ? [] : [danger(code, `'${at}' lost ${gone.length} of ${listOf(before).length}: ${does}`)]),
      ...(hasMore ? judgeOf(added)(before, after, at, whole) : []),
    ];
  };

/** A text that must stay one of the safe ones, once it was. */
export const staysIn =
  (safe: readonly unknown[], code: DangerCode, does: string): Judge =>
  (before, after, at, whole) => {
    if ([before, after].some((value) => value !== undefined && typeof value !== 'string'))
      return textOf(before) === textOf(after) ? [] : unknownEffect(before, after, at, whole);
    return safe.includes(before) && !safe.includes(after) ? [danger(code, `'${at}' is not ${String(before)}: ${does}`)] : [];
  };

/** Whether nothing in a value is left to a deployment. */
const isLiteral = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (!isIntrinsic(value) && Object.values(value).every(isLiteral));

/** A judge of what a template says to the letter: of anything else the effect is unknown. */
export const literally =
  (judge: Judge): Judge =>
  (before, after, at, whole) =>
    (isLiteral(before) && isLiteral(after) ? judge : unknownEffect)(before, after, at, whole);

/** The key of something encrypted: it may come, and must neither go nor change. */
export const encryptionKey: Judge = kept(
  'EncryptionRemoved',
  'what is stored from now on is under no key of yours',
  { harmless: 'what is stored stays readable, and whoever lacks the key fails aloud' },
  always(
    'EncryptionKeyChanged',
    'what is stored stays under the old key, which must live on, and who reads and writes needs both',
  ),
);

/** Judges something new as though it had lost each guard that it lacks. */
export const guarded =
  (judges: Readonly<Record<string, Judge>>, guards: Properties): ((properties: Properties) => readonly Danger[]) =>
  (properties) =>
    judgeParts(judges, guards, Object.fromEntries(Object.entries(properties).filter(([name]) => name in guards)), '', {
      before: guards,
      after: properties,
    });
