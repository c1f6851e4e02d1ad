import type { Command } from 'commander';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toReleased } from '../../core/contract/compatibility/released.ts';
import { releasedFile } from '../../core/contract/read-file.ts';
import { namedContracts } from '../contracts/named-contracts.ts';
import { counted } from '../contracts/words.ts';
import type { Out } from '../output.ts';
import { projectAt } from '../project.ts';

/** `headwaters contracts release`: writes down what a version promises, for later versions to be compared with. */
export function addContractsRelease(contracts: Command, out: Out): void {
  contracts
    .command('release')
    .summary('write down what the versions promise: commit it, and later versions are held to it')
    .description(
      'Writes contracts/released/<domain>/<product>@<version>.json for every contract whose version was not released before. ' +
        'A released version never changes: from then on, synth and check refuse a contract whose version says less than what has changed.',
    )
    .argument('[files...]', 'contracts to release (default: all of contracts/)')
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action((files: readonly string[], { json }: { readonly json: boolean }) => {
      const project = projectAt(process.cwd());
      const written: string[] = [];
      for (const { contract } of namedContracts(project, files)) {
        const file = path.join(project.contracts, releasedFile(contract));
        if (existsSync(file)) continue; // the same, or the check before would have refused it
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(`${file}.new`, toReleased(contract));
        renameSync(`${file}.new`, file);
        written.push(path.relative(process.cwd(), file));
      }
      if (json) out.line(JSON.stringify({ released: written }));
      else if (written.length === 0) out.line('every version was released before: nothing was written');
      else
        out.line(
          [...written, `${counted(written.length, 'version')} released: commit ${written.length === 1 ? 'it' : 'them'}`].join(
            '\n',
          ),
        );
    });
}
