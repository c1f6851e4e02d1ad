import type { Command } from 'commander';
import { ContractError, formatPath } from '../../core/contract/fault.ts';
import { contractMeaning } from '../../core/contract/explain/meaning.ts';
import { namedContracts, type NamedContract } from '../contracts/named-contracts.ts';
import { counted, usd } from '../contracts/words.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAt } from '../project.ts';

interface CheckOptions {
  readonly env: string;
  readonly summary: boolean;
  readonly json: boolean;
}

/** `headwaters contracts check`: whether contracts can be used, and what they cause. */
export function addContractsCheck(contracts: Command, out: Out, setExitCode: (code: number) => void): void {
  contracts
    .command('check')
    .summary('say what is wrong with contracts, or what they cause')
    .description(
      'Reads contracts with all that bears on them — the other contracts and the released versions — and says every fault with file, line, column, code and remedy. ' +
        'Of contracts without a fault it says what they cause: zones, keys and temperatures with their dates, delivery, roles, protection, what is refused at the door, and the cost of a month.\n\n' +
        'The exit code is 1 when there is a fault.',
    )
    .argument('[files...]', 'contracts to show (default: all of contracts/)')
    .option('--env <name>', 'the environment whose names are shown', 'dev')
    .option('--summary', 'one line for each dataset', false)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (files: readonly string[], options: CheckOptions) => {
      try {
        const found = namedContracts(projectAt(process.cwd()), files);
        out.line(options.json ? toJson(found, options.env) : await toText(found, options));
      } catch (error) {
        if (!options.json || !(error instanceof ContractError)) throw error;
        out.line(faultsJson(error));
        setExitCode(1);
      }
    });
}

async function toText(found: readonly NamedContract[], { env, summary }: CheckOptions): Promise<string> {
  const meanings = found.map(({ source, contract }) => contractMeaning(source, contract, env));
  const datasets = meanings.flatMap((meaning) => meaning.datasets);
  const total = datasets.reduce((sum, { cost }) => sum + cost.usd, 0);
  const releases = found.map(({ source, contract, since }) => `${source}: ${releaseWords(contract.version, since)}`);
  const [{ formatMeaning }, { table }] = await withOptionalPeers(() =>
    Promise.all([import('../contracts/render-meaning.ts'), import('../table.ts')]),
  );
  const body = summary
    ? [
        table(
          ['dataset', 'version', 'owner', 'class', 'readable within', 'USD a month'],
          datasets.map(({ name, version, owner, temperatures, delivery, cost }) => [
            name,
            version,
            owner,
            temperatures.retentionClass,
            `${delivery.freshnessSeconds} s`,
            cost.usd.toFixed(2),
          ]),
        ),
      ]
    : meanings.map((meaning) => `${formatMeaning(meaning, new Date())}\n`);
  return [
    ...body,
    ...releases,
    `${counted(found.length, 'contract')}, ${counted(datasets.length, 'dataset')}, no fault; ${usd(total)} a month.`,
  ].join('\n');
}

function releaseWords(version: string, { released, changes }: NamedContract['since']): string {
  if (released === undefined) return `${version}, never released`;
  if (changes.length === 0) return `${version}, as released`;
  return `${version}, ${counted(changes.length, 'change')} since the released ${released.version}`;
}

const toJson = (found: readonly NamedContract[], env: string): string =>
  JSON.stringify({
    faults: [],
    contracts: found.map(({ source, contract, since }) => ({
      ...contractMeaning(source, contract, env),
      ...(since.released === undefined ? {} : { released: since.released.version }),
      changes: since.changes,
    })),
  });

const faultsJson = ({ faults }: ContractError): string =>
  JSON.stringify({
    faults: faults.map(({ source, position, code, path, message }) => ({
      file: source,
      ...position,
      code,
      path: formatPath(path),
      message,
    })),
    contracts: [],
  });
