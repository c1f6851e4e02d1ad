import { compareContracts } from '../../core/contract/compatibility/compare-contracts.ts';
import { checkVersion, leastVersion, requiredBump } from '../../core/contract/compatibility/version.ts';
import type { Change } from '../../core/contract/compatibility/change.ts';
import type { DataContract } from '../../core/contract/model.ts';
import { readReleased, readSourcedContracts } from '../../core/contract/read-file.ts';
import type { SourcedContract } from '../../core/contract/sourced-contract.ts';
import { sinceReleases } from '../../core/contract/check-released.ts';
import { readEither } from './named-contracts.ts';
import { formatChanges } from './render-changes.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

interface Difference {
  readonly name: string;
  readonly before: DataContract;
  readonly after: DataContract;
  readonly changes: readonly Change[];
}

/** Prints what changed since the newest releases, or between two files. */
export function diffContracts(
  before: string | undefined,
  after: string | undefined,
  json: boolean,
  out: Out,
  setExitCode: (code: number) => void,
): void {
  const found = before === undefined ? sinceLastReleases() : between(before, after);
  const wrong = found.map(({ before: old, after: now, changes }) => checkVersion(old.version, now.version, changes));
  out.line(
    json ? JSON.stringify(found.map((difference, index) => toJson(difference, wrong[index]?.code))) : toText(found, wrong),
  );
  if (wrong.some((fault) => fault !== undefined)) setExitCode(1);
}

function ofProject(): { readonly contracts: readonly SourcedContract[]; readonly released: readonly DataContract[] } {
  const { contracts } = projectAround(process.cwd());
  return { contracts: readSourcedContracts(contracts), released: readReleased(contracts).map(({ contract }) => contract) };
}

function sinceLastReleases(): Difference[] {
  const { contracts, released } = ofProject();
  const since = sinceReleases(
    contracts.map(({ contract }) => contract),
    released,
  );
  return contracts.flatMap(({ source, contract }) => {
    const { released: before, changes = [] } = since.get(contract) ?? {};
    return before === undefined ? [] : [{ name: source, before, after: contract, changes }];
  });
}

function between(before: string, after: string | undefined): Difference[] {
  const now = readEither(after ?? before);
  const old = after === undefined ? sinceReleases([now], ofProject().released).get(now)?.released : readEither(before);
  return old === undefined ? [] : [{ name: after ?? before, before: old, after: now, changes: compareContracts(old, now) }];
}

const toJson = ({ name, before, after, changes }: Difference, fault: string | undefined) => ({
  name,
  before: before.version,
  after: after.version,
  least: leastVersion(before.version, requiredBump(changes)),
  ...(fault === undefined ? {} : { fault }),
  changes,
});

function toText(found: readonly Difference[], wrong: readonly (ReturnType<typeof checkVersion> | undefined)[]): string {
  if (found.length === 0)
    return "no contract was released: there is nothing to compare; release one by 'headwaters contracts release'";
  return found
    .map(({ name, before, after, changes }, index) => {
      const fault = wrong[index];
      return [
        `${name} ${before.version} → ${after.version}`,
        formatChanges(before.version, changes),
        ...(fault === undefined ? [] : [`${fault.code}: 'version' ${fault.message}`]),
      ].join('\n');
    })
    .join('\n\n');
}
