import { checkReleased } from '../../core/contract/check-released.ts';
import { compareContracts } from '../../core/contract/compatibility/compare-contracts.ts';
import { leastVersion, type Bump } from '../../core/contract/compatibility/version.ts';
import { ContractError } from '../../core/contract/fault.ts';
import type { DataContract } from '../../core/contract/model.ts';
import type { ContractChange, ProofVersion, Step } from './change.ts';
import { contractOf } from './contract-of.ts';

/** What synth must refuse, by the verdict: the versions that say less than the change does. */
const TOO_LOW: Readonly<Record<Step['verdict'], readonly Bump[]>> = {
  breaking: ['none', 'patch', 'minor'],
  additive: ['none', 'patch'],
  metadata: ['none'],
};

/** Where the product tells a change otherwise than it is, or lets a version pass that says less than what has changed. */
export function judgeGate({ id, versions, steps }: ContractChange): string[] {
  return steps.flatMap((step, index) => {
    const [before, after] = [versions[index], versions[index + 1]];
    return before === undefined || after === undefined
      ? [`${id}: no versions for step ${index + 1}`]
      : judgeStep(id, before, after, step);
  });
}

function judgeStep(id: string, before: ProofVersion, after: ProofVersion, { verdict, codes }: Step): string[] {
  const at = `${id} ${before.version} to ${after.version}`;
  const released = contractOf(before);
  const changes = compareContracts(released, contractOf(after));
  const told = changes.map(({ code }) => code).sort();
  const worst = (['breaking', 'additive', 'metadata'] as const).find((one) => changes.some((change) => change.verdict === one));
  return [
    ...(told.join() === [...codes].sort().join() ? [] : [`${at}: told as ${told.join(', ')}, must be ${codes.join(', ')}`]),
    ...(worst === verdict ? [] : [`${at}: judged ${worst ?? 'no change'}, must be ${verdict}`]),
    ...TOO_LOW[verdict].flatMap((bump) => {
      const version = leastVersion(before.version, bump);
      return refusalOf(contractOf(after, version), released) === undefined ? [`${at}: passes as ${version}`] : [];
    }),
    ...[refusalOf(contractOf(after), released)].flatMap((codesOf) =>
      codesOf === undefined ? [] : [`${at}: refused with ${codesOf}`],
    ),
  ];
}

function refusalOf(contract: DataContract, released: DataContract): string | undefined {
  try {
    checkReleased([{ source: 'contract', contract }], [{ source: 'released', contract: released }]);
    return undefined;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.faults.map(({ code }) => code).join(', ');
  }
}
