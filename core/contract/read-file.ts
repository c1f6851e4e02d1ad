import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { checkTogether } from './check-together.ts';
import { ContractError, type DocumentPath, type Position } from './fault.ts';
import type { DataContract } from './model.ts';
import { parseContract } from './parse-contract.ts';

const SUFFIX = '.odcs.yaml';

/** Reads one contract. @throws {@link ContractError} with file, line and column of each fault */
export function readContractFile(file: string, shownAs: string = file): DataContract {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const notYaml = (problem: string, at?: number) =>
    new ContractError(shownAs, [{ code: 'InvalidYaml', path: [], message: `is not YAML: ${problem}` }], () =>
      at === undefined ? undefined : position(at),
    );
  const [first] = document.errors; // the first alone: what follows one is mostly its consequence
  if (first !== undefined) throw notYaml(first.code.toLowerCase().replaceAll('_', ' '), first.pos[0]);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch {
    throw notYaml('an alias without its anchor, or too many aliases');
  }
  const parsed = parseContract(content);
  if ('faults' in parsed) {
    throw new ContractError(shownAs, parsed.faults, (where) => {
      const offset = offsetOf(document, where);
      return offset === undefined ? undefined : position(offset);
    });
  }
  return parsed.contract;
}

/** Where a path stands; for one that stands nowhere (something is missing), where its nearest parent does. */
function offsetOf(document: Document, where: DocumentPath): number | undefined {
  for (let length = where.length; length >= 0; length -= 1) {
    const node = document.getIn(where.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range?.[0] !== undefined) return node.range[0];
  }
  return undefined;
}

/**
 * Reads every `<domain>/<product>.odcs.yaml` under a folder, in order of their names. A folder that is not there holds no contract.
 *
 * @throws {@link ContractError} also where a YAML file is not called `*.odcs.yaml`, a file's domain is not its folder's name, or two files hold one dataset
 */
export function readContracts(folder: string): DataContract[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .sort();
  const shown = (name: string): string => path.posix.join(path.basename(folder), name);
  const misnamed = files.find((name) => /\.ya?ml$/i.test(name) && !name.endsWith(SUFFIX));
  if (misnamed !== undefined) {
    const message = `would not be read: a contract's file must end in '${SUFFIX}'; rename it, or move it elsewhere`;
    throw new ContractError(shown(misnamed), [{ code: 'NotAContractFile', path: [], message }]);
  }
  const contracts = files
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => {
      const source = shown(name);
      const contract = readContractFile(path.join(folder, name), source);
      if (path.posix.dirname(name) !== contract.domain) {
        const message = `must be the name of the folder, '${path.posix.dirname(name)}', got '${contract.domain}'; move the file or mend the domain`;
        throw new ContractError(source, [{ code: 'DomainNotFolder', path: ['domain'], message }]);
      }
      return { source, contract };
    });
  checkTogether(contracts);
  return contracts.map(({ contract }) => contract);
}
