import { STRING_FORMATS } from '../../../../core/contract/model.ts';
import type { CompiledColumn, CompiledContract, CompiledType } from '../../../../core/record/compiled-contract.ts';
import type { Random } from '../../../support/random.ts';

/** Patterns that a contract may carry. */
const PATTERNS = ['^[A-Z]{3}$', '^M[0-9]+$', '[0-9]', '^(ab|ac)*$', '^[^@]+@[^@]+$', '^\\p{L}+$', '^(?!x).*$'];
export const LISTED = ['gas', 'heat', 'power', 'Ä', ''];

/** A contract of one to eight columns beside its id and its time, each rule in some of them. */
export function randomContract(random: Random): CompiledContract {
  const others = Array.from({ length: random.between(1, 8) }, (_, index) => column(random, `c${index}`, 3));
  return {
    format: 1,
    domain: 'd',
    dataset: 's',
    version: '1.0.0',
    retentionClass: 'r',
    eventIdFields: ['id'],
    eventTimeField: 'at',
    allowedLatenessMs: 0,
    oldestMs: 3650 * 86_400_000,
    columns: [
      {
        name: 'id',
        required: true,
        type: random.chance(0.8) ? { kind: 'string', maxLength: 40 } : { kind: 'integer', bits: 64 },
      },
      { name: 'at', required: true, type: { kind: 'timestamp', zonelessIsUtc: random.chance(0.5) } },
      ...others,
    ],
  };
}

function column(random: Random, name: string, depth: number): CompiledColumn {
  const type = randomType(random, depth);
  return {
    name,
    required: random.chance(0.4),
    type,
    ...(type.kind === 'string' && type.pattern === undefined && type.format === undefined
      ? random.maybe(0.3, () => ({ validValues: [...LISTED] }))
      : type.kind === 'integer'
        ? random.maybe(0.1, () => ({ validValues: ['1', '2', '30'] }))
        : {}),
  };
}

const bound = (random: Random, low: () => string, high: () => string) => ({
  ...random.pick([{}, { minimum: low() }, { exclusiveMinimum: low() }]),
  ...random.pick([{}, { maximum: high() }, { exclusiveMaximum: high() }]),
});
const numbers = (random: Random, multiples: readonly string[]) => ({
  ...bound(
    random,
    () => random.pick(['-100', '0', '-2.5']),
    () => random.pick(['100', '99.5', '1000000']),
  ),
  ...random.maybe(0.25, () => ({ multipleOf: random.pick(multiples) })),
});

function randomType(random: Random, depth: number): CompiledType {
  const kinds = ['string', 'integer', 'double', 'decimal', 'boolean', 'date', 'time', 'timestamp'] as const;
  const kind = random.pick(depth > 0 ? ([...kinds, 'array', 'object', 'map', 'array', 'object', 'map'] as const) : kinds);
  switch (kind) {
    case 'string':
      return {
        kind,
        ...random.maybe(0.3, () => ({ minLength: random.between(0, 3) })),
        ...random.maybe(0.3, () => ({ maxLength: random.between(3, 12) })),
        ...random.pick([{}, { pattern: random.pick(PATTERNS) }, { format: random.pick(STRING_FORMATS) }]),
      };
    case 'integer':
      return { kind, bits: random.pick([32, 64] as const), ...numbers(random, ['5', '2.5', '3']) };
    case 'double':
      return { kind, ...numbers(random, ['0.5', '0.1', '3']) };
    case 'decimal':
      return { kind, precision: random.between(6, 38), scale: random.between(0, 4), ...numbers(random, ['0.5', '0.05', '3']) };
    case 'boolean':
      return { kind };
    case 'date':
      return {
        kind,
        ...bound(
          random,
          () => '1999-12-31',
          () => '2001-03-01',
        ),
      };
    case 'time':
      return {
        kind,
        ...bound(
          random,
          () => '06:00:00',
          () => '18:30:00',
        ),
      };
    case 'timestamp':
      return {
        kind,
        zonelessIsUtc: random.chance(0.5),
        ...bound(
          random,
          () => '2000-01-01 00:00:00.000',
          () => '2001-03-01 12:00:00.500',
        ),
      };
    case 'array': {
      const items = randomType(random, depth - 1);
      return {
        kind,
        items,
        ...random.maybe(0.3, () => ({ minItems: random.between(0, 2) })),
        ...random.maybe(0.3, () => ({ maxItems: random.between(2, 4) })),
        ...random.maybe(0.4, () => ({ uniqueItems: true })),
        ...(items.kind === 'string' && items.pattern === undefined && items.format === undefined
          ? random.maybe(0.3, () => ({ validValues: [...LISTED] }))
          : {}),
      };
    }
    case 'object':
      return {
        kind,
        fields: Array.from({ length: random.between(1, 4) }, (_, index) => column(random, `f${index}`, depth - 1)),
        ...sized(random),
      };
    case 'map':
      return { kind, values: randomType(random, depth - 1), ...sized(random) };
  }
}

const sized = (random: Random) => ({
  ...random.maybe(0.2, () => ({ minProperties: random.between(0, 2) })),
  ...random.maybe(0.2, () => ({ maxProperties: random.between(2, 4) })),
});
