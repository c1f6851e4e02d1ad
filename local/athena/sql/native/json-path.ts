import type { JsonValue } from './json-text.ts';

type Step = { readonly name: string } | { readonly index: number };

const STEP = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[\s*(\d+)\s*\]/uy;

/** The steps of a JSON path such as `$.a["b"][0]`; undefined for one that has anything else. */
export function readPath(path: string): readonly Step[] | undefined {
  const text = path.trim();
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (found === null) return undefined;
    const [whole, bare, quoted, index] = found;
    steps.push(index === undefined ? { name: bare ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1') } : { index: Number(index) });
    at += whole.length;
  }
  return steps;
}

export const checkPath = (path: string): boolean => readPath(path) !== undefined;

/** What lies at the end of a path. */
export function follow(value: JsonValue, steps: readonly Step[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const step of steps) {
    if (found === undefined) return undefined;
    if ('name' in step) found = found.is === 'object' ? found.members.get(step.name) : undefined;
    else found = found.is === 'array' ? found.items[step.index] : undefined;
  }
  return found;
}
