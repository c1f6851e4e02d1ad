import * as z from 'zod';
import { total } from './bill.ts';
import { PriceError } from './price-error.ts';
import { pathOf, readProperties, type Declared } from './resource-set.ts';
import type { Kept } from './scene.ts';
import type { Situation } from './situation.ts';

const shape = z.looseObject({
  S3BucketName: z.unknown().optional(),
  EventSelectors: z.never().optional(),
  InsightSelectors: z.never().optional(),
  AdvancedEventSelectors: z
    .array(
      z.looseObject({
        FieldSelectors: z.array(
          z.strictObject({
            Field: z.string(),
            Equals: z.array(z.unknown()).optional(),
            StartsWith: z.array(z.unknown()).optional(),
          }),
        ),
      }),
    )
    .default([]),
});
type Selector = z.infer<typeof shape>['AdvancedEventSelectors'][number];

/** A trail with the data events that it records in a month. */
export interface Recorded {
  readonly trail: Declared;
  readonly bucket: Declared;
  readonly events: number;
}

/** @throws {@link PriceError} `UnpricedProperty` for a selector of other events than those of objects and of management */
export const dataEventsOf = ({ resources }: Situation, kept: readonly Kept[]): Recorded[] =>
  resources.ofType('AWS::CloudTrail::Trail').map((trail) => {
    const { S3BucketName, AdvancedEventSelectors } = readProperties(trail, shape);
    return {
      trail,
      bucket: resources.require(trail, 'S3BucketName', S3BucketName),
      events: total(AdvancedEventSelectors, (selector) => eventsOf(selector, trail, kept, resources)),
    };
  });

function eventsOf(
  { FieldSelectors }: Selector,
  trail: Declared,
  kept: readonly Kept[],
  resources: Situation['resources'],
): number {
  const only = (field: string) => FieldSelectors.find(({ Field }) => Field === field);
  const category = only('eventCategory')?.Equals?.[0];
  if (category === 'Management') return 0; // the first copy is free
  if (category !== 'Data' || only('resources.type')?.Equals?.[0] !== 'AWS::S3::Object')
    throw new PriceError('UnpricedProperty', [
      `'AdvancedEventSelectors' of ${pathOf(trail)} must select management events or those of S3 objects to be priced; leave the others out, or add their price to core/cost`,
    ]);
  const places = only('resources.ARN');
  const buckets = [...(places?.StartsWith ?? []), ...(places?.Equals ?? [])].map((value) =>
    resources.require(trail, 'resources.ARN', value),
  );
  const readOnly = only('readOnly')?.Equals?.[0] === 'true';
  const selected = kept.filter(({ bucket }) => places === undefined || buckets.includes(bucket));
  return total(selected, ({ objects, stays }) => (readOnly ? 0 : objects) + total(stays, ({ readObjects }) => readObjects));
}
