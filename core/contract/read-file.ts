import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { checkReleased } from './check-released.ts';
import { checkTogether, productSlug } from './check-together.ts';
import { fromReleased } from './compatibility/released.ts';
import { ContractError, type SourcedFault } from './fault.ts';
import type { DataContract } from './model.ts';
import type { SourcedContract } from './sourced-contract.ts';
import { parseContract } from './parse/parse-contract.ts';
import { RELEASED } from './parse/lawful-name.ts';
import { readText } from './odcs/read-text.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import type { Slots } from '../slots/slots.ts';
import { withReleases } from '../storage/dataset-past.ts';

/** How the file of a contract is called. */
export const CONTRACT_SUFFIXES = ['.odcs.yaml', '.odcs.json'] as const;
export const isContractFile = (name: string): boolean => CONTRACT_SUFFIXES.some((suffix) => name.endsWith(suffix));
/**
 * Reads one contract, and no release of it: once its retention class has changed, views do not read what lies in the old one. `readContracts` reads
 * the releases of a folder, `withReleases` adds those that are known otherwise.
 *
 * @throws {@link ContractError} with file, line and column of each fault, `FileMissing` where there is none
 */
export const readContractFile = (file: string, shownAs: string = file): DataContract => read(file, shownAs).contract;

function read(file: string, source: string): SourcedContract {
  const { content, locate } = readText(bytesOf(file, source), source);
  const parsed = parseContract(content);
  if ('faults' in parsed) throw ContractError.in(source, parsed.faults, locate);
  return { source, contract: parsed.contract, locate };
}

function bytesOf(file: string, source: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    if (existsSync(file) && !statSync(file).isDirectory()) throw error;
    throw ContractError.in(source, [{ code: 'FileMissing', path: [], message: "must be a contract's file; mend the path" }]);
  }
}

/**
 * Reads every `<domain>/<product>.odcs.yaml` (or `.odcs.json`) under a folder, in order of their names. A folder that is not there holds no
 * contract. Each dataset knows what was released of it (docs/adr/0025).
 *
 * @throws {@link ContractError} with the faults of every file: also where a YAML file is not called so, a file's domain is not its folder's
 * name, two files do not fit together, or a version says less than what has changed since its release
 */
export function readContracts(folder: string): DataContract[] {
  const contracts = readSourcedContracts(folder);
  const released = readReleased(folder);
  checkReleased(contracts, released);
  return withReleases(
    contracts.map(({ contract }) => contract),
    released.map(({ contract }) => contract),
  );
}

/** Reads every `released/<domain>/<product>@<version>.json` under a folder of contracts. @throws {@link ContractError} */
export function readReleased(folder: string): SourcedContract[] {
  const root = path.join(folder, RELEASED);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const source = path.posix.join(path.basename(folder), RELEASED, name);
      return { source, contract: fromReleased(readFileSync(path.join(root, name), 'utf8'), source) };
    });
}

/** The committed record of slots, in the folder of the contracts (docs/adr/0017). */
export const SLOTS_FILE = 'slots.json';
/** How people know the record of a folder: `contracts/slots.json`. */
export const slotsSource = (folder: string): string => path.posix.join(path.basename(folder), SLOTS_FILE);

/** What is recorded in a folder of contracts; nothing where there is no record. @throws {@link ContractError} `InvalidSlot`, and those of a text */
export function readSlots(folder: string): Slots {
  const file = path.join(folder, SLOTS_FILE);
  if (!existsSync(file)) return {};
  const source = slotsSource(folder);
  const { content, locate } = readText(readFileSync(file), source);
  const parsed = parseSlots(content);
  if ('faults' in parsed) throw ContractError.in(source, parsed.faults, locate);
  return parsed.slots;
}

/** The place of a release under a folder of contracts. */
export const releasedFile = (contract: Pick<DataContract, 'domain' | 'product' | 'version'>): string =>
  path.posix.join(RELEASED, contract.domain, `${productSlug(contract.product)}@${contract.version}.json`);

/**
 * The contracts of a folder, each with its file's name from the folder's own: `contracts/sales/orders.odcs.yaml`. Releases are not looked at.
 *
 * @throws {@link ContractError}
 */
export function readSourcedContracts(folder: string): readonly SourcedContract[] {
  const { contracts, faults } = readEach(folder);
  if (faults.length > 0) throw new ContractError(faults);
  checkTogether(contracts);
  return contracts;
}

/** What can be read of a folder's contracts, each by itself, and the faults of those that cannot. */
export function readEach(folder: string): {
  readonly contracts: readonly SourcedContract[];
  readonly faults: readonly SourcedFault[];
} {
  const faults: SourcedFault[] = [];
  const contracts: SourcedContract[] = [];
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const shown = names.map((name) => name.split(path.sep).join('/'));
  for (const name of shown.sort()) {
    const source = path.posix.join(path.basename(folder), name);
    try {
      if (isContractFile(name)) contracts.push(readPlaced(path.join(folder, name), source, name));
      else if (/\.ya?ml$/i.test(name)) throw misnamed(source);
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      faults.push(...error.faults);
    }
  }
  return { contracts, faults };
}

function readPlaced(file: string, source: string, name: string): SourcedContract {
  const found = read(file, source);
  const folder = path.posix.dirname(name);
  if (folder === found.contract.domain) return found;
  if (folder === '.')
    throw ContractError.in(
      source,
      [
        {
          code: 'DomainNotFolder',
          path: ['domain'],
          message: `must be the name of the folder, got '${found.contract.domain}' in no folder; move the file to '${found.contract.domain}/'`,
        },
      ],
      found.locate,
    );
  const message = `must be the name of the folder, '${folder}', got '${found.contract.domain}'; move the file or mend the domain`;
  throw ContractError.in(source, [{ code: 'DomainNotFolder', path: ['domain'], message }], found.locate);
}

const misnamed = (source: string): ContractError =>
  ContractError.in(source, [
    {
      code: 'NotAContractFile',
      path: [],
      message: `would not be read: a contract's file must end in ${CONTRACT_SUFFIXES.map((suffix) => `'${suffix}'`).join(' or ')}; rename it, or move it elsewhere`,
    },
  ]);
