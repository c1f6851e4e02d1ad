import { attribute, type AttributeValue, type Item } from '../values/attribute-value.ts';
import { parsePath } from './parse-path.ts';
import { clash, clashText, type Path } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import { Problems } from './problem.ts';
import { Tokens } from './tokens.ts';

/** Reads which attributes are asked for. @throws Problem */
export function parseProjection(source: string, placeholders: Placeholders): readonly Path[] {
  const tokens = new Tokens(source);
  const problems = new Problems(['reserved', 'undefined', 'overlap', 'conflict']);
  const trouble = {
    reserved: (message: string) => {
      problems.note('reserved', message);
    },
    undefined: (message: string) => {
      problems.note('undefined', message);
    },
  };
  const paths: Path[] = [];
  do {
    const path = parsePath(tokens, placeholders, trouble);
    for (const other of paths) {
      const kind = clash(other, path);
      if (kind !== undefined) problems.note(kind, clashText(kind, other, path));
    }
    paths.push(path);
  } while (tokens.takes(','));
  if (tokens.peek().kind !== 'end') throw tokens.unexpected();
  problems.check();
  return paths;
}

/** The parts of an item at some paths: maps keep their form, lists close up. */
export function project(item: Item, paths: readonly Path[]): Item {
  return Object.fromEntries(
    byFirst(paths).flatMap(([name, rest]) => {
      const value = partOf(attribute(item, name as string), rest);
      return value === undefined ? [] : [[name as string, value] as const];
    }),
  );
}

type Rest = readonly (string | number)[];

function byFirst(paths: readonly Rest[]): (readonly [string | number, readonly Rest[]])[] {
  const grouped = new Map<string | number, Rest[]>();
  for (const [first, ...rest] of paths) {
    if (first === undefined) continue;
    const group = grouped.get(first) ?? [];
    group.push(rest);
    grouped.set(first, group);
  }
  return [...grouped];
}

function partOf(value: AttributeValue | undefined, paths: readonly Rest[]): AttributeValue | undefined {
  if (value === undefined || paths.some((path) => path.length === 0)) return value;
  const parts = byFirst(paths);
  if ('M' in value) {
    const found = parts.flatMap(([name, rest]) => {
      const part = typeof name === 'string' ? partOf(attribute(value.M, name), rest) : undefined;
      return part === undefined ? [] : [[name as string, part] as const];
    });
    return found.length === 0 ? undefined : { M: Object.fromEntries(found) };
  }
  if (!('L' in value)) return undefined;
  const inOrder = [...parts].sort(([one], [other]) => Number(one) - Number(other));
  const found = inOrder.flatMap(([index, rest]) => {
    const part = typeof index === 'number' ? partOf(value.L[index], rest) : undefined;
    return part === undefined ? [] : [part];
  });
  return found.length === 0 ? undefined : { L: found };
}
