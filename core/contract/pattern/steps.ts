import type { AST } from '@eslint-community/regexpp';
import { charactersOf, type CharacterSet } from './character-sets.ts';

/** One thing that a matcher does on its way; where it may do two, the first is what it tries first. */
export type Step =
  | { readonly kind: 'take'; readonly set: number; readonly next: number }
  | { readonly kind: 'fork'; readonly ways: readonly [number, number] }
  /** A round of a repetition begins that need not be. */
  | { readonly kind: 'open'; readonly round: number; readonly next: number }
  /** It ends, and fails if it took nothing (ECMAScript's empty check). */
  | { readonly kind: 'close'; readonly round: number; readonly next: number }
  | { readonly kind: 'start' | 'end' | 'boundary'; readonly next: number }
  | { readonly kind: 'look'; readonly inside: number; readonly next: number }
  | { readonly kind: 'looked' | 'matched' };

export interface Steps {
  readonly steps: readonly Step[];
  readonly first: number;
  readonly sets: readonly CharacterSet[];
}

/** Why a pattern is not shown to be linear: its message is the rule that is broken. */
export class NotLinear extends Error {
  constructor(
    rule: string,
    readonly remedy: string,
    /** What of the pattern is at fault. @default - the whole pattern */
    readonly part?: string,
  ) {
    super(rule);
  }
}

/** Steps that a pattern may be written out to. */
const MOST_STEPS = 10_000;

/** Writes a pattern out as steps: a repetition that counts becomes as many copies. @throws NotLinear */
export function stepsOf(pattern: AST.Pattern): Steps {
  const writer = new Writer();
  const first = writer.alternatives(pattern.alternatives, writer.add({ kind: 'matched' }));
  return { steps: writer.steps, first, sets: [...writer.sets.values()].map(({ set }) => set) };
}

/** Written from the end to the start, since each step names its next. */
class Writer {
  readonly steps: Step[] = [];
  private rounds = 0;
  readonly sets = new Map<string, { readonly index: number; readonly set: CharacterSet }>();

  add(step: Step): number {
    if (this.steps.length >= MOST_STEPS)
      throw new NotLinear(`must come to at most ${MOST_STEPS} steps once its counts are written out`, 'lower them');
    return this.steps.push(step) - 1;
  }

  alternatives(alternatives: readonly AST.Alternative[], next: number): number {
    return alternatives
      .map(({ elements }) => elements.reduceRight((after, element) => this.element(element, after), next))
      .reduceRight((others, way) => this.add({ kind: 'fork', ways: [way, others] }));
  }

  private element(element: AST.Element, next: number): number {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.add({ kind: 'take', set: this.set(element), next });
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(element.alternatives, next);
      case 'Quantifier':
        return this.quantifier(element, next);
      case 'Assertion':
        return this.assertion(element, next);
      case 'Backreference':
        throw new NotLinear('must not refer back to a group', 'write it without', element.raw);
      case 'ExpressionCharacterClass':
        throw new NotLinear('must not need the flag v', 'write it without', element.raw);
    }
  }

  private set(node: AST.Character | AST.CharacterSet | AST.CharacterClass): number {
    const { index } = this.sets.get(node.raw) ?? { index: this.sets.size };
    if (index === this.sets.size) this.sets.set(node.raw, { index, set: charactersOf(node) });
    return index;
  }

  private assertion(assertion: AST.Assertion, next: number): number {
    switch (assertion.kind) {
      case 'start':
      case 'end':
        return this.add({ kind: assertion.kind, next });
      case 'word':
        return this.add({ kind: 'boundary', next });
      case 'lookahead':
        return this.add({ kind: 'look', inside: this.alternatives(assertion.alternatives, this.add({ kind: 'looked' })), next });
      case 'lookbehind':
        throw new NotLinear('must not look behind', 'write what comes before as a part of it', assertion.raw);
    }
  }

  private quantifier({ min, max, greedy, element }: AST.Quantifier, next: number): number {
    let at = next;
    if (max === Infinity) {
      at = this.add({ kind: 'fork', ways: [next, next] });
      this.steps[at] = this.choice(this.round(element, at), next, greedy);
    } else {
      for (let left = max - min; left > 0; left -= 1) at = this.add(this.choice(this.round(element, at), next, greedy));
    }
    for (let left = min; left > 0; left -= 1) at = this.element(element, at);
    return at;
  }

  private choice(round: number, next: number, greedy: boolean): Step {
    return { kind: 'fork', ways: greedy ? [round, next] : [next, round] };
  }

  private round(element: AST.Element, next: number): number {
    if (element.type.startsWith('Character')) return this.element(element, next); // never empty
    const round = this.rounds;
    this.rounds += 1;
    return this.add({ kind: 'open', round, next: this.element(element, this.add({ kind: 'close', round, next })) });
  }
}
