import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkReleased, sinceRelease, type Comparison } from '../../core/contract/check-released.ts';
import type { SourcedContract } from '../../core/contract/check-together.ts';
import { fromReleased } from '../../core/contract/compatibility/released.ts';
import type { DataContract } from '../../core/contract/model.ts';
import { CONTRACT_SUFFIXES, readContractFile, readReleased, readSourcedContracts } from '../../core/contract/read-file.ts';
import { CommandError } from '../command-error.ts';
import type { Project } from '../project.ts';

export interface NamedContract extends SourcedContract {
  readonly since: Comparison;
}

/**
 * The contracts of a project, or those of some files, each beside its newest release. A file within the project is judged with all the
 * others, one outside alone.
 *
 * @throws {@link CommandError} `NoContracts`, `FileMissing`
 * @throws ContractError for what is wrong in them
 */
export function namedContracts(project: Project, files: readonly string[]): NamedContract[] {
  const inside = files.filter((file) => isInside(project, file));
  const outside = files.filter((file) => !isInside(project, file));
  for (const file of files)
    if (!existsSync(file)) throw new CommandError('FileMissing', `'${file}' must be a contract's file; mend the path`);
  const released = readReleased(project.contracts);
  const own = inside.length > 0 || files.length === 0 ? readSourcedContracts(project.contracts) : [];
  if (files.length === 0 && own.length === 0)
    throw new CommandError(
      'NoContracts',
      `'${path.relative(process.cwd(), project.contracts)}' must hold a contract, <domain>/<product>${CONTRACT_SUFFIXES[0]}; write one, or let 'headwaters contracts init' do so`,
    );
  checkReleased(own, released);
  const wanted = new Set(inside.map((file) => path.resolve(file)));
  const chosen = own.filter(
    ({ source }) => wanted.size === 0 || wanted.has(path.resolve(path.dirname(project.contracts), source)),
  );
  const alone = outside.map((file) => ({ source: file, contract: readContractFile(file) }));
  return [...chosen, ...alone].map((found) => ({ ...found, since: sinceRelease(found.contract, released) }));
}

const isInside = ({ contracts }: Project, file: string): boolean =>
  !path.relative(contracts, path.resolve(file)).startsWith('..');

/** A contract of a file, or what was released of it. @throws {@link CommandError} `FileMissing` @throws ContractError */
export function readEither(file: string): DataContract {
  if (!existsSync(file))
    throw new CommandError('FileMissing', `'${file}' must be a contract's file, or a released one; mend the path`);
  return file.endsWith('.json') && !file.endsWith('.odcs.json')
    ? fromReleased(readFileSync(file, 'utf8'), file)
    : readContractFile(file);
}
