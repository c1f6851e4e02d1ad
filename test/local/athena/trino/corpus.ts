import { createHash } from 'node:crypto';
import { Random } from '../../../support/random.ts';
import { CASES, FAILING_CASES } from '../sql/cases/index.ts';
import { asQuery } from '../sql/engine.ts';
import { GRAMMAR, type Kind, type KindName } from './grammar/index.ts';
import { queries } from './queries.ts';

/** Each line has choices of its own, so that another line moves nothing. */
const randomOf = (line: string): Random => new Random(createHash('sha256').update(line).digest().readUInt32BE());
/** Of each line of the grammar, how many have literals alone, and how many have more within. */
const PLAIN = 8;
const NESTED = 4;
/** How often a part of what has more within is made of others. */
const MADE = 0.35;

/** What the tested list has, and queries that say something of each line of the grammar: the same on every run. */
export function corpus(): readonly string[] {
  const expressions = Object.entries(GRAMMAR as Readonly<Record<string, Kind>>).flatMap(([name, { made }]) =>
    made.flatMap((line) => {
      const random = randomOf(`${name}: ${line}`);
      return Array.from({ length: PLAIN + NESTED }, (_, turn) => asked(name, filled(line, turn < PLAIN ? 0 : 1, random)));
    }),
  );
  const cases = [...CASES, ...FAILING_CASES].map(({ sql }) => asQuery(sql));
  return [...new Set([...cases, ...expressions, ...queries(randomOf)])];
}

/** A map has no order, its entries have. */
const asked = (kind: string, expression: string): string =>
  `select ${kind.endsWith('_map') ? `map_entries(${expression})` : expression}`;

const filled = (line: string, depth: number, random: Random): string =>
  line.replaceAll(/\$([a-z_]+)/g, (whole, name: string) => (name in GRAMMAR ? drawn(name as KindName, depth, random) : whole));

function drawn(name: KindName, depth: number, random: Random): string {
  const { literals, made }: Kind = GRAMMAR[name];
  if (literals.length === 0) return filled(random.pick(made), depth, random);
  return depth > 0 && made.length > 0 && random.chance(MADE)
    ? filled(random.pick(made), depth - 1, random)
    : random.pick(literals);
}
