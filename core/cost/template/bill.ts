import { costItem, type CostItem } from '../item.ts';
import type { Price } from '../prices.ts';
import { pathOf, type Declared } from './resource-set.ts';

/** Parts of a platform's bill, in the order of a report. */
export const PARTS = [
  'ingest',
  'delivery',
  'functions',
  'storage',
  'queries',
  'keys',
  'monitoring',
  'network',
  'audit',
  'workflows',
] as const;
export type Part = (typeof PARTS)[number];

/** One line of a platform's bill. */
export interface BillItem extends CostItem<Part> {
  /** `<stack>/<logical id>`. */
  readonly resource: string;
}

export const billItem = (part: Part, resource: Declared, what: string, quantity: number, price: Price): BillItem => ({
  ...costItem(part, what, quantity, price),
  resource: pathOf(resource),
});

/** The sum of what each gives. */
export const total = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
