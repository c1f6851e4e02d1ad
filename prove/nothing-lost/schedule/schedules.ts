import fc from 'fast-check';
import type { IngestionForm } from '../../../core/ingestion/ingestion-form.ts';
import { FAULT_KINDS, FAULT_POINTS, type FaultPoint } from '../../../local/faults/faults.ts';
import { GOOD, ODD, ofForm } from '../input/inputs.ts';
import { MISCHIEFS } from '../lake/mischief.ts';
import type { Rule, Schedule, Step } from './step.ts';

/** Points at which a delivery is hindered; at `s3:request` only a reader from outside would be, the proof's own. */
export const pointsOf = (form: IngestionForm): readonly FaultPoint[] =>
  FAULT_POINTS.filter((at) => at !== 's3:request' && (form === 'stream' || !at.startsWith('kinesis:')));
/** A function waits for these by the wall clock, and tries again: a few are enough. */
const MOST_REFUSED_PUTS = 3;

const ruleOf = (form: IngestionForm): fc.Arbitrary<Rule> =>
  fc.constantFrom(...pointsOf(form).flatMap((at) => FAULT_KINDS[at].map((fault) => ({ at, fault })))).chain(({ at, fault }) =>
    fc.record({
      at: fc.constant(at),
      fault: fc.constant(fault),
      probability: fc.constantFrom(1, 0.5, 0.25, 0.1),
      times: fc.integer({ min: 1, max: at === 'firehose:put' ? MOST_REFUSED_PUTS : 20 }),
    }),
  );

/** Half as many good events as others. */
const namesOf = (form: IngestionForm): fc.Arbitrary<string[]> =>
  fc.array(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(GOOD.name) },
      { weight: 3, arbitrary: fc.constantFrom(...ofForm(form, ODD).map(({ name }) => name)) },
    ),
    { minLength: 1, maxLength: 12 },
  );

const putOf = (form: IngestionForm): fc.Arbitrary<Step> =>
  fc.record({
    does: fc.constant('put' as const),
    names: namesOf(form),
    perRecord: fc.integer({ min: 1, max: 12 }),
    neighbours: fc.boolean(),
  });

const seconds = fc.constantFrom(1, 5, 61, 300, 1_000);

type Weighted = fc.WeightedArbitrary<Step>;

/** What happens to streams alone. */
const OF_STREAMS: readonly Weighted[] = [
  { weight: 1, arbitrary: fc.record({ does: fc.constant('relapse' as const), names: namesOf('stream'), seconds }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('reshard' as const),
      how: fc.constantFrom('double' as const, 'split' as const, 'merge' as const),
    }),
  },
];

/** Out of a hundred steps. What ends a process costs more time than all the rest of a schedule: one in five has one. */
const stepOf = (form: IngestionForm): fc.Arbitrary<Step> =>
  fc.oneof<Weighted[]>(
    { weight: 39, arbitrary: putOf(form) },
    {
      weight: 9,
      arbitrary: fc.record({
        does: fc.constant('put again' as const),
        perRecord: fc.integer({ min: 1, max: 20 }),
        backwards: fc.boolean(),
      }),
    },
    { weight: 23, arbitrary: fc.record({ does: fc.constant('wait' as const), seconds }) },
    {
      weight: 12,
      arbitrary: fc.record({
        does: fc.constant('plant' as const),
        rules: fc.array(ruleOf(form), { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 4, arbitrary: fc.constant({ does: 'lift' as const }) },
    {
      weight: 5,
      arbitrary: fc.record({
        does: fc.constant('spoil' as const),
        kind: fc.constantFrom(...MISCHIEFS),
        times: fc.integer({ min: 1, max: 5 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ does: 'crash' as const }) },
    ...(form === 'stream' ? OF_STREAMS : []),
  );

/** What may happen to a platform in a few hours. */
export const schedulesOf = (form: IngestionForm): fc.Arbitrary<Schedule> =>
  fc.array(stepOf(form), { minLength: 3, maxLength: 10, size: 'max' });
