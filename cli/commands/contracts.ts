import type { Command } from 'commander';
import type { Out } from '../output.ts';
import { addContractsCheck } from './contracts-check.ts';
import { addContractsDiff } from './contracts-diff.ts';
import { addContractsExplain } from './contracts-explain.ts';
import { addContractsInit } from './contracts-init.ts';
import { addContractsRelease } from './contracts-release.ts';

/** `headwaters contracts …`: everything that is done with contracts before anything is deployed. */
export function addContracts(program: Command, out: Out, setExitCode: (code: number) => void): void {
  const contracts = program
    .command('contracts')
    .summary('write, check, compare and release data contracts')
    .description(
      'What is done with the contracts of a project: contracts/<domain>/<product>.odcs.yaml, in the Open Data Contract Standard v3.1.',
    );
  addContractsInit(contracts, out);
  addContractsCheck(contracts, out, setExitCode);
  addContractsExplain(contracts, out);
  addContractsDiff(contracts, out, setExitCode);
  addContractsRelease(contracts, out);
}
