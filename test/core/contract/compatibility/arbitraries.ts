import fc from 'fast-check';
import {
  CLASSIFICATIONS,
  PROTECTIONS,
  STRING_FORMATS,
  type Bounds,
  type Column,
  type ColumnType,
  type NumberRule,
} from '../../../../core/contract/model.ts';

const few = fc.integer({ min: 0, max: 4 });
const words = fc.uniqueArray(fc.constantFrom('a', 'aa', 'b', '2001-01-01'), { minLength: 1 });
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');

/** A record with any of its keys missing. */
const some = <T extends object>(keys: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(keys, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const counts = <Least extends string, Most extends string>(least: Least, most: Most) =>
  fc.tuple(fc.option(few, { nil: undefined }), fc.option(few, { nil: undefined })).map(([one, other]) => ({
    ...(one === undefined ? {} : { [least]: Math.min(one, other ?? one) }),
    ...(other === undefined ? {} : { [most]: Math.max(one ?? other, other) }),
  })) as fc.Arbitrary<Partial<Record<Least | Most, number>>>;

/** A lower and an upper bound in order, each included or not. */
const bounds = (texts: readonly string[]): fc.Arbitrary<Bounds> =>
  fc
    .record({
      edges: fc.uniqueArray(fc.nat(texts.length - 1), { minLength: 2, maxLength: 2 }),
      lower: fc.constantFrom('minimum', 'exclusiveMinimum', undefined),
      upper: fc.constantFrom('maximum', 'exclusiveMaximum', undefined),
    })
    .map(({ edges, lower, upper }) => {
      const [least = 0, most = 0] = [...edges].sort((a, b) => a - b);
      return {
        ...(lower === undefined ? {} : { [lower]: texts[least] }),
        ...(upper === undefined ? {} : { [upper]: texts[most] }),
      };
    });
const NUMBERS = ['-2147483648', '-1.5', '-1', '0', '0.5', '1', '1.50', '10', '2147483647'];
const NUMBER_BOUNDS = bounds(NUMBERS);
const STEP = fc.constantFrom('0.5', '1', '2', '3', '4', '0.01').map((multipleOf) => ({ multipleOf }));
const LENGTHS = counts('minLength', 'maxLength');
const TEXT_RULES = some<{ pattern: string; format: (typeof STRING_FORMATS)[number] }>({
  pattern: fc.constantFrom('^a', '^b?$'),
  format: fc.constantFrom(...STRING_FORMATS),
});

const scalars = (texts: fc.Arbitrary<object>, numbers: fc.Arbitrary<NumberRule>): fc.Arbitrary<ColumnType> =>
  fc.oneof(
    texts.map((rules): ColumnType => ({ kind: 'string', ...rules })),
    fc
      .tuple(fc.constantFrom(32 as const, 64 as const), numbers)
      .map(([bits, rules]): ColumnType => ({ kind: 'integer', bits, ...rules })),
    numbers.map((rules): ColumnType => ({ kind: 'double', ...rules })),
    fc
      .tuple(fc.constantFrom([10, 2], [12, 2], [12, 4], [10, 0], [38, 18]), numbers)
      .map(([[precision = 0, scale = 0], rules]): ColumnType => ({ kind: 'decimal', precision, scale, ...rules })),
    fc.constant<ColumnType>({ kind: 'boolean' }),
    bounds(['2001-01-01', '2001-01-02', '2010-12-31']).map((range): ColumnType => ({ kind: 'date', ...range })),
    fc
      .tuple(fc.boolean(), bounds(['2001-01-01 00:00:00.000', '2001-01-01 00:00:00.001', '2010-12-31 12:00:00.000']))
      .map(([zonelessIsUtc, range]): ColumnType => ({ kind: 'timestamp', zonelessIsUtc, ...range })),
    bounds(['00:00:00', '12:00:00', '23:59:59']).map((range): ColumnType => ({ kind: 'time', ...range })),
  );

export const scalarType = scalars(
  fc.tuple(LENGTHS, TEXT_RULES).map(([lengths, rest]) => ({ ...lengths, ...rest })),
  fc.tuple(NUMBER_BOUNDS, fc.oneof(fc.constant({}), STEP)).map(([range, step]) => ({ ...range, ...step })),
);

/** The same, with rules of one kind alone: several together may leave no value that one of them could refuse. */
export const singlyRuledType = scalars(LENGTHS, fc.oneof(NUMBER_BOUNDS, STEP));

export const { type: anyType, column: anyColumn } = fc.letrec<{ type: ColumnType; column: Column }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalarType,
    fc
      .tuple(
        tie('type'),
        counts('minItems', 'maxItems'),
        some<{ uniqueItems: boolean; validValues: string[] }>({ uniqueItems: fc.boolean(), validValues: words }),
      )
      .map(([items, sizes, rest]): ColumnType => ({ kind: 'array', items, ...sizes, ...rest })),
    fc
      .tuple(
        fc.uniqueArray(tie('column'), { selector: (one) => one.name, maxLength: 3 }),
        counts('minProperties', 'maxProperties'),
      )
      .map(([fields, sizes]): ColumnType => ({ kind: 'object', fields, ...sizes })),
    fc
      .tuple(tie('type'), counts('minProperties', 'maxProperties'))
      .map(([values, sizes]): ColumnType => ({ kind: 'map', values, ...sizes })),
  ),
  column: fc
    .tuple(
      fc.record({
        name,
        type: tie('type'),
        required: fc.boolean(),
        primaryKey: fc.boolean(),
        unique: fc.boolean(),
        examples: fc.array(fc.string(), { maxLength: 2 }),
        classification: fc.constantFrom(...CLASSIFICATIONS),
        tags: fc.array(fc.constantFrom('personal', 'x'), { maxLength: 2 }),
      }),
      some<Pick<Required<Column>, 'description' | 'businessName' | 'validValues' | 'protection'>>({
        description: fc.string(),
        businessName: fc.string(),
        validValues: words,
        protection: fc.constantFrom(...PROTECTIONS),
      }),
    )
    .map(([column, rest]): Column => ({ ...column, ...rest })),
}));

export const someColumns: fc.Arbitrary<Column[]> = fc.uniqueArray(anyColumn, { selector: (one) => one.name, maxLength: 5 });
