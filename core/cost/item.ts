import { usd, type Price } from './prices.ts';

/** A stage of a dataset's way, as the bill tells it. */
export type CostPart = 'ingestion' | 'delivery' | 'transform' | 'quarantine' | 'storage' | 'queries';

/** One line of a bill. */
export interface CostItem<Part extends string = CostPart> {
  readonly part: Part;
  readonly what: string;
  /** A month's, in `unit`. */
  readonly quantity: number;
  readonly unit: string;
  readonly usd: number;
}

export const costItem = <Part extends string>(part: Part, what: string, quantity: number, price: Price): CostItem<Part> => ({
  part,
  what,
  quantity,
  unit: price.unit,
  usd: usd(price, quantity),
});
