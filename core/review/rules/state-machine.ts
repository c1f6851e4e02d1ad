import { same } from '../../contract/compatibility/canonical.ts';
import { danger } from '../danger.ts';
import { isObject, textOf } from '../value.ts';
import { unknownEffect, type Judge } from './judge.ts';

/** A definition, which some templates hold as text. */
function definitionOf(value: unknown): unknown {
  if (isObject(value)) return value;
  try {
    return JSON.parse(textOf(value));
  } catch {
    return undefined;
  }
}

/** Every state, at any depth, with its type: `Notify (Task)`. */
function statesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(statesIn);
  if (!isObject(value)) return [];
  const own = isObject(value.States)
    ? Object.entries(value.States).map(([name, state]) => `${name} (${isObject(state) ? textOf(state.Type) : 'no state'})`)
    : [];
  return [...own, ...Object.values(value).flatMap(statesIn)];
}

/** What a state says is code, for which its tests answer; that one is gone, or does another kind of thing, is told. */
export const steps: Judge = (before, after, path, whole) => {
  if (before === undefined) return unknownEffect(before, after, path, whole);
  const [old, now] = [definitionOf(before), definitionOf(after)];
  if (!isObject(old) || !isObject(now)) return unknownEffect(before, after, path, whole);
  const states = statesIn(now);
  const gone = statesIn(old).filter((state) => !states.includes(state));
  if (gone.length > 0)
    return [danger('StepsDropped', `'${path}' lost ${gone.join(', ')}: what they did, or checked, is done no longer`)];
  return same(old.StartAt, now.StartAt)
    ? []
    : [danger('StepsDropped', `'${path}' starts at another state: what came before may be left out`)];
};
