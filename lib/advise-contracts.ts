import { existsSync } from 'node:fs';
import path from 'node:path';
import { sinceReleases } from '../core/contract/check-released.ts';
import { migrationNeeded } from '../core/contract/explain/notes.ts';
import type { DataContract } from '../core/contract/model.ts';
import { readReleased, releasedFile } from '../core/contract/read-file.ts';

/**
 * What stored data has against contracts whose versions are not released yet, a line each. Once a version is released, it is what later ones are
 * compared with, and a synthesis knows no other.
 */
export function adviseContracts(folder: string, contracts: readonly DataContract[]): string[] {
  const unreleased = contracts.filter((contract) => !existsSync(path.join(folder, releasedFile(contract))));
  if (unreleased.length === 0) return [];
  const released = readReleased(folder).map(({ contract }) => contract);
  const since = sinceReleases(contracts, released);
  return unreleased.flatMap((contract) =>
    migrationNeeded(since.get(contract) ?? { changes: [] }).map(
      ({ code, path: place, message }) =>
        `${contract.domain}/${contract.product} ${contract.version}: ${code}: '${place}' ${message}`,
    ),
  );
}
