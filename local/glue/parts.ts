import type { SimulatedClock } from '../clock.ts';
import type { CatalogGuard } from './guard.ts';
import type { CatalogStore } from './store.ts';

/** What the parts of the catalog share. */
export interface CatalogParts {
  readonly store: CatalogStore;
  readonly guard: CatalogGuard;
  readonly clock: SimulatedClock;
  readonly account: string;
}

/** Order by name. */
export const byName = (a: { readonly Name: string }, b: { readonly Name: string }): number => (a.Name < b.Name ? -1 : 1);
