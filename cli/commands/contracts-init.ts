import { InvalidArgumentError, Option, type Command } from 'commander';
import { RETENTION_DAYS } from '../../core/storage/retention-classes.ts';
import { CommandError } from '../command-error.ts';
import type { InitOptions } from '../contracts/init/init-contract.ts';
import { FORMATS } from '../contracts/init/sample-file.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

const DEFAULT_ROWS = 10_000;
const MOST_ROWS = 1_000_000;

/** `headwaters contracts init`: a first contract from samples of the events that there are. */
export function addContractsInit(contracts: Command, out: Out): void {
  contracts
    .command('init')
    .summary('write a first contract from samples of events')
    .description(
      'Infers types, a key, the event time and personal data from NDJSON or one JSON array, CSV or Parquet, gzipped or not, and writes contracts/<domain>/<product>.odcs.yaml. ' +
        "Each sample is a dataset called like its file. What is guessed is marked 'confirm', for a person to settle; what seems personal is protected until then. " +
        'No value of a sample is written but those of short closed lists that seem to be codes.',
    )
    .usage('<sample...> --domain <name> --owner <who> [options]')
    .argument('[sample...]', 'files with events')
    .option('--domain <name>', 'the domain that owns the data: the folder of the contract')
    .option('--owner <who>', 'who answers for the data, such as an e-mail address of a team')
    .option('--dataset <name>', 'the one dataset of all samples')
    .option('--product <name>', "the contract's name (default: that of its first dataset)")
    .addOption(
      new Option('--retention <days>', 'days that the data is kept (default: 365, to be confirmed)').argParser(retention),
    )
    .addOption(new Option('--format <format>', "what the samples are, if their names don't say").choices(FORMATS))
    .option('--rows <count>', `events that are read of a dataset, the first ones, up to ${MOST_ROWS}`, rowCount, DEFAULT_ROWS)
    .option('--key <columns>', 'columns that identify an event, with commas between them', names)
    .option('--event-time <column>', 'the column that says when the event happened')
    .option('--rename', 'write lawful names where the samples have others: the producers must send them', false)
    .option('--out <file>', 'write the contract there')
    .addOption(new Option('--stdout', 'print the contract and write nothing').default(false).conflicts(['json', 'out', 'force']))
    .option('--force', 'write over a contract that exists', false)
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async (samples: readonly string[], given: Given) => {
      const options = complete(samples, given);
      const [{ initContract }, { formatInitialized, toJson }] = await withOptionalPeers(() =>
        Promise.all([import('../contracts/init/init-contract.ts'), import('../contracts/init/report.ts')]),
      );
      const initialized = await initContract(samples, options, projectAround(process.cwd()).contracts, out);
      if (options.stdout) out.line(initialized.text.trimEnd());
      else out.line(options.json ? toJson(initialized) : formatInitialized(initialized));
    });
}

/** The options as they come: those without a default may be missing. */
type Given = Omit<InitOptions, 'domain' | 'owner'> & Partial<Pick<InitOptions, 'domain' | 'owner'>> & { readonly json: boolean };

/** All that is missing at once: a parser would name the first, and options before samples. @throws {@link CommandError} `Incomplete` */
function complete(samples: readonly string[], { domain, owner, ...given }: Given): InitOptions & { readonly json: boolean } {
  if (samples.length > 0 && domain !== undefined && owner !== undefined) return { ...given, domain, owner };
  const missing = [
    ...(samples.length === 0 ? ['a file with sample events'] : []),
    ...(domain === undefined ? ["'--domain <name>'"] : []),
    ...(owner === undefined ? ["'--owner <who>'"] : []),
  ];
  throw new CommandError(
    'Incomplete',
    `a contract needs ${missing.join(', ')}; write for example 'headwaters contracts init orders.ndjson --domain shop --owner orders@example.com'`,
  );
}

function retention(text: string): number {
  const days = RETENTION_DAYS.find((offered) => String(offered) === text);
  if (days === undefined) throw new InvalidArgumentError(`it must be one of ${RETENTION_DAYS.join(', ')} days.`);
  return days;
}

function rowCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST_ROWS)
    throw new InvalidArgumentError(`it must be a whole number from 1 to ${MOST_ROWS}.`);
  return count;
}

function names(text: string): readonly string[] {
  const columns = text.split(',').map((name) => name.trim());
  if (columns.includes('')) throw new InvalidArgumentError('it must be names of columns with commas between them.');
  return columns;
}
