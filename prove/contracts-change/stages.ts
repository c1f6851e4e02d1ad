import type { DomainTemplate } from './assembly.ts';
import { changedCatalog, PARTS, type Part } from './deployment.ts';

/** A state of a stack between two versions: what of the next version is there already. */
export interface Stage {
  readonly parts: readonly Part[];
  /** Further resources, by their logical ids. */
  readonly ids: readonly string[];
  /** Whether readers have the view of the next version. */
  readonly hasNewView: boolean;
  /** Whether producers put events; else the stage lasts moments, and is only looked at. */
  readonly isLived: boolean;
}

/** Which of two parts CloudFormation comes to first. */
export type Order = readonly [first: Part, second: Part];

/**
 * The states that a stack goes through: as it was; the catalog, one table or view after another; the function; back, as in a rollback or a
 * canary; and all of the next version.
 */
export function stagesOf(
  before: DomainTemplate,
  after: DomainTemplate,
  [first, second]: Order = ['catalog', 'function'],
): Stage[] {
  const lived = (...parts: readonly Part[]): Stage => ({ parts, ids: [], hasNewView: parts.includes('catalog'), isLived: true });
  const catalog = changedCatalog(before, after);
  const isView = (id: string) =>
    (after.Resources[id]?.Properties?.TableInput as { TableType?: string } | undefined)?.TableType === 'VIRTUAL_VIEW';
  const moments = catalog.slice(0, -1).map((_, index): Stage => {
    const ids = catalog.slice(0, index + 1);
    return { parts: ['rights'], ids, hasNewView: ids.some(isView), isLived: false };
  });
  return [lived(), ...moments, lived('rights', first), lived('rights', first, second), lived('rights', first), lived(...PARTS)];
}
