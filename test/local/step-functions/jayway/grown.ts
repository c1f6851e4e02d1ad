import { isRecord } from '../../../../local/input.ts';
import type { Random } from '../../../support/random.ts';

/** A segment, and something that it leads to in a document; undefined where it leads nowhere. */
type Grown = readonly [segment: string, value: unknown];

const NAMES = ['a', 'b', 'c', 'x', 'y', 'missing'];
const PLACES = ['0', '1', '2', '-1', '-2', '9'];
const SLICES = ['0:2', '1:', ':2', '-2:', ':-1', '1:9', '2:1', '5:9', '-2:-1', '0:-1', '0:', ':9', '-9:', ' 0 : 1 '];
const PLACE_LISTS = ['0,1', '0, 1', '1,0', '0,9', '0,-1', '0,0', '2,1,0'];
const FROM_END = ['(@.length-1)', '(@.length - 2)', '(@.size()-1)', '(@.length-9)', '(@.length-0)', '( @.length-1 )'];
const OPERATORS = ['==', '!=', '<', '<=', '>', '>='];
const SIGNS = '[](){}.,:-+*?@$&|!=<>~\'"\\/ 0a';
const NUMBERS = ['1', '2', '0', '-1', '1.0', '1.5', '10', '300'];
const LITERALS = [...NUMBERS, "'q'", "'1'", "''", "'true'", 'true', 'false', 'null', "'null'", "'a b'", '01'];

/** A path of up to four segments that mostly leads to something in a document. */
export function grown(document: unknown, random: Random): string {
  let path = '$';
  let value = document;
  for (let left = random.between(1, 4); left > 0; left -= 1) {
    const [segment, next] = random.chance(0.1) ? scanned(value, random) : segmentFor(value, random);
    path += segment;
    value = next;
  }
  return path;
}

/** A path that lacks a sign, or has one too many. */
export function broken(path: string, random: Random): string {
  const at = random.between(1, path.length);
  return `${path.slice(0, at)}${SIGNS.charAt(random.between(0, SIGNS.length - 1))}${path.slice(at + random.between(0, 1))}`;
}

function segmentFor(value: unknown, random: Random): Grown {
  if (random.chance(0.05)) return unfit(random);
  if (Array.isArray(value)) return ofList(value, random);
  return isRecord(value) ? ofObject(value, random) : unfit(random);
}

const unfit = (random: Random): Grown =>
  random.pick([
    () => [named(random.pick(NAMES), random), undefined] as const,
    () => [`[${random.pick(PLACES)}]`, undefined] as const,
    () => [`[${random.pick(SLICES)}]`, undefined] as const,
    () => [`[${random.pick(PLACE_LISTS)}]`, undefined] as const,
    () => [`[${random.pick(FROM_END)}]`, undefined] as const,
    () => [random.pick(['.*', '[*]']), undefined] as const,
    () => [filter([], random), undefined] as const,
  ])();

function ofObject(object: Readonly<Record<string, unknown>>, random: Random): Grown {
  const names = Object.keys(object);
  const name = names.length === 0 || random.chance(0.08) ? random.pick(NAMES) : random.pick(names);
  const turn = random.next();
  if (turn < 0.7) return [named(name, random), object[name]];
  if (turn < 0.85) return [random.pick(['.*', '[*]']), object[name]];
  return turn < 0.95 ? [filter([object], random), object] : [`['${random.pick(NAMES)}','${name}']`, object];
}

function ofList(list: readonly unknown[], random: Random): Grown {
  const item: unknown = list[random.between(0, list.length - 1)];
  const turn = random.next();
  if (turn < 0.22) {
    const place = random.pick(PLACES);
    return [`[${place}]`, list[Number(place)]];
  }
  if (turn < 0.42) return [random.pick(['[*]', '.*', '.[*]', '[ * ]']), item];
  if (turn < 0.52) return [`[${random.pick(SLICES)}]`, item];
  if (turn < 0.6) return [`[${random.pick(PLACE_LISTS)}]`, item];
  if (turn < 0.67) return [`[${random.pick(FROM_END)}]`, item];
  return turn < 0.96 ? [filter(list, random), item] : [named(random.pick(NAMES), random), undefined];
}

function scanned(value: unknown, random: Random): Grown {
  const [segment, next] = segmentFor(random.pick(every(value ?? null)), random);
  return [segment.startsWith('.') ? `.${segment}` : `..${segment}`, next];
}

/** A value, and all that is within it. */
const every = (value: unknown): readonly unknown[] =>
  isRecord(value) || Array.isArray(value) ? [value, ...Object.values(value).flatMap(every)] : [value];

const named = (name: string, random: Random): string =>
  random.pick([`.${name}`, `.${name}`, `['${name}']`, `['${name}']`, `.['${name}']`, `[ '${name}' ]`]);

function filter(items: readonly unknown[], random: Random): string {
  const condition = (): string => conditionOn(items[random.between(0, items.length - 1)], random);
  const joined = (): string => random.pick([' && ', ' || ', '&&']);
  const turn = random.next();
  const text =
    turn < 0.75
      ? condition()
      : turn < 0.93
        ? `${condition()}${joined()}${condition()}`
        : `${condition()}${joined()}${condition()}${joined()}${condition()}`;
  return `[?(${text})]`;
}

function conditionOn(item: unknown, random: Random): string {
  const names = isRecord(item) ? Object.keys(item) : [];
  const name = names.length === 0 || random.chance(0.15) ? random.pick(NAMES) : random.pick(names);
  const member = isRecord(item) ? item[name] : undefined;
  const path = `@${isRecord(member) && random.chance(0.6) ? `.${name}.${random.pick(Object.keys(member).concat('y'))}` : random.chance(0.8) ? `.${name}` : `['${name}']`}`;
  if (random.chance(0.2)) return path;
  const operator = random.pick(OPERATORS);
  const literal = random.chance(0.5) ? asLiteral(member) : random.pick(operator.endsWith('=') ? LITERALS : NUMBERS);
  return `${path}${random.pick([` ${operator} `, ` ${operator} `, operator])}${literal}`;
}

const asLiteral = (value: unknown): string =>
  typeof value === 'string' ? `'${value}'` : typeof value === 'object' ? 'null' : JSON.stringify(value ?? 1);
