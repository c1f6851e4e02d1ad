import path from 'node:path';
import { readContracts } from '../core/contract/read-file.ts';
import { compileContract, type CompiledContract } from '../core/record/compiled-contract.ts';
import { demoSource } from '../cli/sample-source.ts';

/** Events of the leading dataset: of what is protected there are then more values than a protector remembers. */
const ROWS = 120_000;
/** Events of each dataset at most. */
const MOST_EVENTS = 40_000;

export interface SampleEvents {
  readonly name: string;
  readonly contract: CompiledContract;
  /** Milliseconds since the epoch: none of the events is in the future. */
  readonly arrival: number;
  readonly events: readonly string[];
}

/** Events of each dataset of this project, as its demo makes them. */
export async function sampleEvents(): Promise<readonly SampleEvents[]> {
  const root = process.cwd();
  const datasets = readContracts(path.join(root, 'contracts')).flatMap((contract) => contract.datasets);
  const { source } = await demoSource(root, datasets, { rows: ROWS, seed: 1 });
  const texts = new Map<string, string[]>();
  let arrival = source.startsAt;
  for await (const { batches, uploadAt } of source.days()) {
    arrival = uploadAt;
    for (const { domain, dataset, events } of batches)
      texts.set(`${domain}.${dataset}`, (texts.get(`${domain}.${dataset}`) ?? []).concat(events));
  }
  return datasets
    .map((dataset) => {
      const name = `${dataset.domain}.${dataset.name}`;
      return { name, contract: compileContract(dataset), arrival, events: texts.get(name)?.slice(0, MOST_EVENTS) ?? [] };
    })
    .filter(({ events }) => events.length > 0);
}
