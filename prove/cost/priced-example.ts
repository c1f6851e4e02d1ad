import type { BillItem } from '../../core/cost/template/bill.ts';
import { pricePlatform } from '../../core/cost/template/price-platform.ts';
import { readWorkload } from '../../core/cost/template/read-workload.ts';
import { readTemplate } from '../../core/aws/template.ts';
import type { PublishedExample } from './published-examples.ts';

const STACK = 'Published';

/** The lines of our bill that an example's total counts. */
export function linesOf({ resources, workload, counts }: PublishedExample): BillItem[] {
  const template = readTemplate(JSON.stringify({ Resources: resources }), STACK);
  const items = pricePlatform({ templates: new Map([[STACK, template]]), contracts: [], workload: readWorkload(workload) }, 1);
  return items.filter(
    ({ part, resource, what }) => part === counts.part && !(counts.except ?? []).includes(`${resource} ${what}`),
  );
}

/** What we bill for an example, in USD a month. */
export const pricedExample = (example: PublishedExample): number => linesOf(example).reduce((sum, { usd }) => sum + usd, 0);

/** How far a price lies from the published one, as a share of it. */
export const errorOf = (example: PublishedExample, usd = pricedExample(example)): number =>
  Math.abs(usd - example.published) / example.published;
