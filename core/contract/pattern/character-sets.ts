import type { AST } from '@eslint-community/regexpp';

/** Code points as ranges that include both their ends. */
export type CharacterSet = readonly (readonly [number, number])[];
type CharacterNode = AST.Character | AST.CharacterSet | AST.CharacterClass;

const LAST = 0x10_ffff;
const point = (text: string): number => text.codePointAt(0) ?? 0;
const range = (first: string, last = first): readonly [number, number] => [point(first), point(last)];

const DIGITS: CharacterSet = [range('0', '9')];
const WORDS: CharacterSet = [range('0', '9'), range('A', 'Z'), range('_'), range('a', 'z')];
const LINE_ENDS: CharacterSet = [range('\n'), range('\r'), range('\u2028', '\u2029')];
/** @see https://tc39.es/ecma262/#sec-white-space */
const SPACES: CharacterSet = [
  range('\t', '\r'),
  range(' '),
  range('\u00a0'),
  range('\u1680'),
  range('\u2000', '\u200a'),
  range('\u2028', '\u2029'),
  range('\u202f'),
  range('\u205f'),
  range('\u3000'),
  range('\ufeff'),
];

/** The characters that one place of a pattern takes, under the flag `u` alone. */
export function charactersOf(node: CharacterNode): CharacterSet {
  if (node.type === 'Character') return [[node.value, node.value]];
  if (node.type === 'CharacterSet') return setOf(node);
  const union = node.elements.flatMap((element): CharacterSet => {
    if (element.type === 'CharacterClassRange') return [[element.min.value, element.max.value]];
    return element.type === 'Character' || element.type === 'CharacterSet' ? charactersOf(element) : [];
  });
  return node.negate ? complement(union) : union;
}

function setOf(node: AST.CharacterSet): CharacterSet {
  switch (node.kind) {
    case 'any':
      return complement(LINE_ENDS);
    case 'digit':
      return node.negate ? complement(DIGITS) : DIGITS;
    case 'space':
      return node.negate ? complement(SPACES) : SPACES;
    case 'word':
      return node.negate ? complement(WORDS) : WORDS;
    case 'property':
      return property(node.raw);
  }
}

function complement(set: CharacterSet): CharacterSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [first, last] of [...set].sort((a, b) => a[0] - b[0])) {
    if (first > next) rest.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next > LAST ? rest : [...rest, [next, LAST]];
}

const properties = new Map<string, CharacterSet>();

/** The engine's own tables say what `\p{…}` takes: each code point is asked once in a process, some 0.1 s for a property. */
function property(raw: string): CharacterSet {
  const found = properties.get(raw);
  if (found !== undefined) return found;
  const member = new RegExp(`^${raw}$`, 'u');
  const ranges: [number, number][] = [];
  for (let code = 0; code <= LAST; code += 1) {
    if (!member.test(String.fromCodePoint(code))) continue;
    const open = ranges.at(-1);
    if (open?.[1] === code - 1) open[1] = code;
    else ranges.push([code, code]);
  }
  properties.set(raw, ranges);
  return ranges;
}

/** The kinds of characters that some sets tell apart: of each, which sets take it; no set takes one kind, as a text may hold that too. */
export function kindsOfCharacters(sets: readonly CharacterSet[]): readonly (readonly boolean[])[] {
  const edges = new Set([0, ...sets.flatMap((set) => set.flatMap(([first, last]) => [first, last + 1]))]);
  const kinds = new Map<string, readonly boolean[]>();
  for (const edge of edges) {
    const taken = sets.map((set) => set.some(([first, last]) => first <= edge && edge <= last));
    kinds.set(taken.map(Number).join(''), taken);
  }
  return [...kinds.values()];
}
