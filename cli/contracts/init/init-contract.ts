import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { contractFromObject } from '../../../core/contract/from-object.ts';
import { inferContract } from '../../../core/contract/infer/infer-contract.ts';
import { inferDataset, type InferredDataset } from '../../../core/contract/infer/infer-dataset.ts';
import { grouped } from '../../../core/contract/infer/words.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import { CommandError } from '../../command-error.ts';
import type { Out } from '../../output.ts';
import { checkOptions } from './check-options.ts';
import { judgeSamples, type SampleVerdict } from './judge-samples.ts';
import { profileSamples } from './profile-samples.ts';
import { datasetNameOf, openSample, type SampleFile, type SampleFormat } from './sample-file.ts';

export interface InitOptions {
  readonly domain: string;
  readonly owner: string;
  /** Of all samples together; otherwise each sample is a dataset called like its file. */
  readonly dataset?: string;
  readonly product?: string;
  readonly retention?: number;
  readonly format?: SampleFormat;
  readonly rows: number;
  readonly key?: readonly string[];
  readonly eventTime?: string;
  readonly rename: boolean;
  /** Where the contract is written, if not to its own place in the project. */
  readonly out?: string;
  readonly stdout: boolean;
  readonly force: boolean;
}

export interface InitializedDataset {
  readonly inferred: InferredDataset;
  readonly read: number;
  readonly copies: number;
  readonly more: boolean;
  /** Absent where the sample is not in the form in which events are sent. */
  readonly verdict?: SampleVerdict;
  /** Why there is no verdict. */
  readonly untried?: 'csv' | 'parquet' | 'renamed';
}

export interface Initialized {
  /** Where the contract was written; absent if it was not. */
  readonly file?: string;
  readonly text: string;
  readonly datasets: readonly InitializedDataset[];
  /** What a person has to settle, in the order of the file. */
  readonly confirm: readonly { readonly dataset?: string; readonly column?: string; readonly text: string }[];
}

const RETENTION_DAYS = 365;

/**
 * Infers a contract from samples and writes it. Nothing is written that the platform would refuse.
 *
 * @param contracts The project's folder of contracts
 * @throws {@link CommandError} `ContractExists`, `OneDatasetOnly`, `DatasetTwice`, and what reading and the check of names throw; SampleError of the inference; ContractError
 */
export async function initContract(
  samples: readonly string[],
  options: InitOptions,
  contracts: string,
  out: Out,
): Promise<Initialized> {
  const groups = groupByDataset(samples, options);
  const [firstName = ''] = groups.keys();
  const product = options.product ?? firstName;
  checkOptions({
    ...options,
    datasets: new Map(
      [...groups].map(([name, files]) => [name, options.dataset === undefined ? namedAfter(files) : "'--dataset'"]),
    ),
  });
  const file = options.stdout ? undefined : (options.out ?? path.join(contracts, options.domain, `${product}.odcs.yaml`));
  if (file !== undefined && existsSync(file) && !options.force)
    throw new CommandError(
      'ContractExists',
      `'${path.relative(process.cwd(), file)}' must not exist yet; write elsewhere with '--out', or over it with '--force'`,
    );

  const datasets: (Omit<InitializedDataset, 'verdict'> & { readonly files: readonly SampleFile[] })[] = [];
  for (const [dataset, files] of groups) {
    await out.step(`Reading ${files.map((sample) => sample.file).join(', ')}`);
    const { profile, more } = await profileSamples(files, options.rows);
    const inferred = inferDataset(profile, {
      dataset,
      rename: options.rename,
      ...(options.key === undefined ? {} : { key: options.key }),
      ...(options.eventTime === undefined ? {} : { eventTime: options.eventTime }),
    });
    datasets.push({ inferred, files, read: profile.rows + profile.copies, copies: profile.copies, more });
  }
  const { text, remarks } = inferContract(
    datasets.map(({ inferred }) => inferred),
    {
      domain: options.domain,
      product,
      owner: options.owner,
      retentionDays: options.retention ?? RETENTION_DAYS,
      retentionChosen: options.retention !== undefined,
      origin: datasets.map(originOf),
    },
  );
  const contract = contractFromObject(parse(text), file ?? 'contract');
  const judged = await judgeAll(datasets, contract, options.rows);
  out.done();
  if (file !== undefined) writeWhole(file, text);
  return {
    ...(file === undefined ? {} : { file }),
    text,
    datasets: judged,
    confirm: remarks
      .filter(({ confirm }) => confirm)
      .map(({ path: at, column, text: said }) => {
        const dataset = at[0] === 'schema' ? datasets[Number(at[1])]?.inferred.dataset : undefined;
        return { ...(dataset === undefined ? {} : { dataset }), ...(column === undefined ? {} : { column }), text: said };
      }),
  };
}

function groupByDataset(samples: readonly string[], options: InitOptions): ReadonlyMap<string, readonly SampleFile[]> {
  const opened = samples.map((sample) => openSample(sample, options.format));
  if (options.dataset !== undefined) return new Map([[options.dataset, opened]]);
  if (opened.length > 1 && (options.key !== undefined || options.eventTime !== undefined))
    throw new CommandError(
      'OneDatasetOnly',
      "'--key' and '--event-time' must be of one dataset, got several; give one sample, or '--dataset' if all are of the same",
    );
  const groups = new Map<string, readonly SampleFile[]>();
  for (const sample of opened) {
    const name = datasetNameOf(sample.file);
    if (groups.has(name))
      throw new CommandError(
        'DatasetTwice',
        `each sample must be of a dataset of its own, got '${name}' twice; name it with '--dataset' if they are of the same`,
      );
    groups.set(name, [sample]);
  }
  return groups;
}

const namedAfter = (files: readonly SampleFile[]): string =>
  `the dataset that is called like ${files.map(({ file }) => `'${path.basename(file)}'`).join(', ')} (call it otherwise with '--dataset')`;

const originOf = ({
  inferred,
  files,
  read,
  copies,
  more,
}: { readonly files: readonly SampleFile[] } & InitializedDataset): string =>
  [
    `'${inferred.dataset}' is from ${more ? 'the first' : 'all'} ${grouped(read)} events of ${files.map(({ file }) => path.basename(file)).join(', ')}`,
    ...(copies === 0 ? [] : [`${grouped(copies)} of them exact copies, which count once`]),
    ...(files[0]?.format === 'csv'
      ? ['CSV: what looks like a number or a boolean must be sent as one, an empty cell left out']
      : []),
  ].join('; ') + '.';

async function judgeAll(
  datasets: readonly (InitializedDataset & { readonly files: readonly SampleFile[] })[],
  contract: DataContract,
  rows: number,
): Promise<readonly InitializedDataset[]> {
  return Promise.all(
    datasets.map(async ({ files, ...dataset }) => {
      const own = contract.datasets.find(({ name }) => name === dataset.inferred.dataset);
      const table = files.map(({ format }) => format).find((format) => format !== 'ndjson');
      const untried = table ?? (dataset.inferred.renamed ? 'renamed' : undefined);
      if (untried !== undefined) return { ...dataset, untried };
      return own === undefined ? dataset : { ...dataset, verdict: await judgeSamples(own, files, rows) };
    }),
  );
}

/** Whoever reads the folder meanwhile sees the whole file or none. */
function writeWhole(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  try {
    writeFileSync(partial, text);
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
}
