import type { AST } from '@eslint-community/regexpp';
import { charactersOf } from '../../../../core/contract/pattern/character-sets.ts';

/** Whether a search finds, and how often it asks for the character at each place. */
export interface Search {
  readonly found: boolean;
  readonly asked: readonly number[];
}
type Go = (at: number) => boolean;

/** A backtracking search as ECMAScript specifies it, written as continuations, which counts what it does. For texts of the basic plane. */
export function search(pattern: AST.Pattern, text: string): Search {
  const asked = Array.from({ length: text.length }, () => 0);
  const isWord = (at: number) => /^\w$/.test(text.charAt(at));

  const any = (alternatives: readonly AST.Alternative[], at: number, go: Go): boolean =>
    alternatives.some(({ elements }) => sequence(elements, at, go));
  const sequence = ([first, ...rest]: readonly AST.Element[], at: number, go: Go): boolean =>
    first === undefined ? go(at) : element(first, at, (next) => sequence(rest, next, go));
  const repeat = (node: AST.Quantifier, min: number, max: number, at: number, go: Go): boolean => {
    if (max === 0) return go(at);
    const round = () =>
      element(node.element, at, (next) =>
        min === 0 && next === at ? false : repeat(node, Math.max(0, min - 1), max - 1, next, go),
      );
    if (min > 0) return round();
    return node.greedy ? round() || go(at) : go(at) || round();
  };
  const element = (node: AST.Element, at: number, go: Go): boolean => {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass': {
        if (at === text.length) return false;
        asked[at] = (asked[at] ?? 0) + 1;
        const code = text.charCodeAt(at);
        return charactersOf(node).some(([first, last]) => first <= code && code <= last) && go(at + 1);
      }
      case 'Group':
      case 'CapturingGroup':
        return any(node.alternatives, at, go);
      case 'Quantifier':
        return repeat(node, node.min, node.max, at, go);
      case 'Assertion':
        switch (node.kind) {
          case 'start':
            return at === 0 && go(at);
          case 'end':
            return at === text.length && go(at);
          case 'word':
            return (isWord(at - 1) !== isWord(at)) !== node.negate && go(at);
          case 'lookahead':
            return any(node.alternatives, at, () => true) !== node.negate && go(at);
          case 'lookbehind':
            throw new Error('not written');
        }
        throw new Error('not written');
      case 'Backreference':
      case 'ExpressionCharacterClass':
        throw new Error('not written');
    }
  };
  const starts = Array.from({ length: text.length + 1 }, (_, start) => start);
  return { found: starts.some((start) => any(pattern.alternatives, start, () => true)), asked };
}
