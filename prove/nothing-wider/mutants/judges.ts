import { readTemplate } from '../../../core/aws/template.ts';
import type { DangerCode } from '../../../core/review/danger.ts';
import { dangersOf, review } from '../../../core/review/review.ts';
import { judge } from '../../../lib/findings/judge.ts';
import { catalogueOf } from '../matrix/catalogue.ts';
import { differences } from '../matrix/compare.ts';
import { Judge } from '../matrix/judge.ts';
import { readPairing, type Surroundings } from '../matrix/read-platform.ts';
import { matrixOf, type Row } from '../matrix/rows.ts';
import { servicesOf } from '../matrix/services.ts';

type Texts = ReadonlyMap<string, string>;

/** Says what it sees in templates that is worse than in others; nothing where it sees nothing. */
export interface MutantJudge {
  readonly name: 'matrix' | 'review' | 'findings' | 'local';
  readonly judge: (before: Texts, after: Texts) => Promise<readonly string[]>;
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The matrix: what it allows more or less, or that it cannot read what stands there. */
export async function matrixJudge(name: string, base: Texts, surroundings: Surroundings): Promise<MutantJudge> {
  const { environment } = readPairing(name, base, surroundings);
  const catalogue = await catalogueOf(servicesOf(environment));
  const answers = new Judge(catalogue);
  const work = (texts: Texts): readonly Row[] => {
    const pairing = readPairing(name, texts, surroundings);
    return matrixOf(pairing.environment, pairing.twin, catalogue, answers);
  };
  const known = new Map<Texts, readonly Row[]>();
  return {
    name: 'matrix',
    judge: (before, after) => {
      const rows = known.get(before) ?? work(before);
      known.set(before, rows);
      try {
        return Promise.resolve(
          differences(
            work(after),
            rows.map((row) => ({ ...row, since: '' })),
          ),
        );
      } catch (error) {
        return Promise.resolve([message(error)]);
      }
    },
  };
}

/** Dangers of anything that no rule knows: they name a change, and no danger. */
const UNNAMED: readonly DangerCode[] = ['UnknownEffect', 'UnknownType', 'UnreadablePolicy'];

/** `headwaters review`: dangers that it has a name for. That it does not know what a change does is no catch. */
export const reviewJudge: MutantJudge = {
  name: 'review',
  judge: (before, after) => {
    const read = (texts: Texts) => new Map([...texts].map(([name, text]) => [name, readTemplate(text, name)]));
    const found = review({ name: 'before', templates: read(before) }, { name: 'after', templates: read(after) });
    return Promise.resolve([...new Set(dangersOf(found).map(({ code }) => code))].filter((code) => !UNNAMED.includes(code)));
  },
};

/** The rule packs, over the stacks that changed. */
export function findingsJudge(): MutantJudge {
  const judged = new Map<string, ReadonlySet<string>>();
  const findings = (name: string, text: string): ReadonlySet<string> => {
    const before = judged.get(text);
    if (before !== undefined) return before;
    const found = new Set(
      judge(new Map([[name, text]])).map(({ id, resource, isUnjudged }) => `${id} ${resource}${isUnjudged ? ' unjudged' : ''}`),
    );
    judged.set(text, found);
    return found;
  };
  return {
    name: 'findings',
    judge: (before, after) =>
      Promise.resolve(
        [...after].flatMap(([name, text]) => {
          const old = before.get(name);
          if (old === text || old === undefined) return [];
          const known = findings(name, old);
          try {
            return [...findings(name, text)].filter((finding) => !known.has(finding));
          } catch (error) {
            return [message(error)]; // a template that the CDK cannot read back is refused at synthesis
          }
        }),
      ),
  };
}
