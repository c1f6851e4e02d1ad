/** A step names a member of an object, or counts the items of an array if it is a number: Trino does not tell the two apart. */
export interface Step {
  readonly name: string;
  /** NaN for a name that is no number. */
  readonly index: number;
}

const STEP = /\.([\p{L}\p{Nd}_:]+)|\["((?:[^"\\]|\\["\\])*)"\]|\[([\p{L}\p{Nd}_]+)\]/uy;

/** The steps of a JSON path such as `$.a["b"][0]`; undefined for one that is none of Trino's. */
export function readPath(path: string): readonly Step[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let at = 1;
  while (at < path.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(path);
    if (found === null) return undefined;
    const [whole, bare, quoted, bracketed] = found;
    const name = bare ?? bracketed ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1');
    steps.push({ name, index: /^\+?\d+$/.test(name) ? Number(name) : Number.NaN });
    at += whole.length;
  }
  return steps;
}

export const checkPath = (path: string): boolean => readPath(path) !== undefined;
