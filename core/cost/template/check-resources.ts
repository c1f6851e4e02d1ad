import { PriceError } from './price-error.ts';
import { pathOf } from './resource-set.ts';
import { FREE_TYPES, PRICED_TYPES, UNPRICED_PROPERTIES } from './resource-types.ts';
import type { Situation } from './situation.ts';

const KNOWN: readonly string[] = [...PRICED_TYPES, ...Object.keys(FREE_TYPES)];

/**
 * Holds that nothing passes as free because nobody knows it.
 *
 * @throws {@link PriceError} `UnknownType`, `UnpricedProperty`
 */
export function checkResources({ resources }: Situation): void {
  refuse(
    'UnknownType',
    resources.all
      .filter(({ type }) => !KNOWN.includes(type))
      .map(
        (one) =>
          `'Type' of ${pathOf(one)} must be one whose price is known, got ${one.type}; price it in core/cost/template, or name why it is free`,
      ),
  );
  refuse(
    'UnpricedProperty',
    resources.all.flatMap((one) =>
      (UNPRICED_PROPERTIES[one.type] ?? [])
        .filter((property) => property in one.properties)
        .map(
          (property) =>
            `'${property}' of ${pathOf(one)} must be absent to be priced; leave it out, or add its price to core/cost/template`,
        ),
    ),
  );
}

function refuse(code: PriceError['code'], faults: readonly string[]): void {
  if (faults.length > 0) throw new PriceError(code, faults);
}
