import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { checkReleased, sinceReleases, versionFaults, type Comparison } from '../../core/contract/check-released.ts';
import { checkTogether } from '../../core/contract/check-together.ts';
import { fromReleased } from '../../core/contract/compatibility/released.ts';
import { ContractError, type SourcedFault } from '../../core/contract/fault.ts';
import type { DataContract } from '../../core/contract/model.ts';
import { CONTRACT_SUFFIXES, isContractFile, readContractFile, readEach, readReleased } from '../../core/contract/read-file.ts';
import type { SourcedContract } from '../../core/contract/sourced-contract.ts';
import { CommandError } from '../command-error.ts';
import type { Project } from '../project.ts';

export interface NamedContract extends SourcedContract {
  /** Its file, absolute. */
  readonly file: string;
  readonly since: Comparison;
}

export interface NamedContracts {
  readonly contracts: readonly NamedContract[];
  /** Every contract of the project that can be read, asked for or not. */
  readonly all: readonly DataContract[];
  /** Faults of contracts that were not asked for: they stop a synth, and not what is done with these. */
  readonly elsewhere: readonly SourcedFault[];
}

/**
 * The contracts of a project, or those of some files and folders, each beside its newest release. A file within the project is judged with all
 * the others, one outside alone.
 *
 * @throws {@link CommandError} `NoContracts`, `FileMissing`, `NotAContractFile`
 * @throws {@link ContractError} for what is wrong in those that were asked for
 */
export function namedContracts(project: Project, asked: readonly string[]): NamedContracts {
  for (const name of asked) checkName(project, name);
  const inside = asked.filter((name) => isOfProject(project, name)).map((name) => path.resolve(name));
  const isAsked = (source: string) =>
    asked.length === 0 || inside.some((name) => isWithin(name, path.resolve(project.root, source)));
  const { contracts, faults } = readEach(project.contracts);
  const released = readReleased(project.contracts);
  const together = faultsOf(() => {
    checkTogether(contracts);
  });
  const since =
    faults.length > 0
      ? versionFaults(contracts, released)
      : faultsOf(() => {
          checkReleased(contracts, released);
        });
  const all = [...faults, ...together, ...since];
  const own = all.filter(({ source }) => isAsked(source));
  if (own.length > 0) throw new ContractError(own);

  const chosen = contracts.filter(({ source }) => isAsked(source));
  const alone = asked
    .filter((name) => !isOfProject(project, name))
    .map((file) => ({ source: file, contract: readContractFile(file) }));
  if (chosen.length + alone.length === 0)
    throw new CommandError(
      'NoContracts',
      `'${asked[0] ?? path.relative(process.cwd(), project.contracts)}' must hold a contract, <domain>/<product>${CONTRACT_SUFFIXES[0]}; write one, or let 'headwaters contracts init' do so`,
    );
  const compared = sinceReleases(
    [...contracts, ...alone].map(({ contract }) => contract),
    released.map(({ contract }) => contract),
  );
  return {
    contracts: [...chosen, ...alone].map((found) => ({
      ...found,
      file: path.resolve(chosen.includes(found) ? project.root : '', found.source),
      since: compared.get(found.contract) ?? { changes: [] },
    })),
    all: contracts.map(({ contract }) => contract),
    elsewhere: all,
  };
}

function checkName(project: Project, name: string): void {
  if (!existsSync(name))
    throw new CommandError('FileMissing', `'${name}' must be a contract's file, or a folder of such; mend the path`);
  if (statSync(name).isDirectory() ? !isOfProject(project, name) : !isContractFile(name))
    throw new CommandError(
      'NotAContractFile',
      `'${name}' must end in ${CONTRACT_SUFFIXES.join(' or ')}, or be a folder that the project reads; name the contract itself`,
    );
}

function faultsOf(check: () => void): readonly SourcedFault[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.faults;
    throw error;
  }
}

const isWithin = (folder: string, file: string): boolean => {
  const way = path.relative(folder, file);
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way));
};
/** Whether a file is among the contracts of the project. */
export const isInside = ({ contracts }: Project, name: string): boolean => isWithin(contracts, path.resolve(name));

/** Whether a file is, or a folder has them within it. */
const isOfProject = (project: Project, name: string): boolean =>
  isInside(project, name) || isWithin(path.resolve(name), project.contracts);

/** A contract of a file, or what was released of it. @throws {@link CommandError} `FileMissing` @throws ContractError */
export function readEither(file: string): DataContract {
  if (!existsSync(file) || statSync(file).isDirectory())
    throw new CommandError('FileMissing', `'${file}' must be a contract's file, or a released one; mend the path`);
  return file.endsWith('.json') && !isContractFile(file)
    ? fromReleased(readFileSync(file, 'utf8'), file)
    : readContractFile(file);
}
