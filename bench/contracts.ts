import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { contractDocument, schemaObject, type JsonDocument } from '../test/support/contracts.ts';

/** Domains that the contracts are spread over. */
const DOMAINS = 10;

/** How soon events are promised: in minutes, which takes a stream of each dataset's own, or in hours. */
const LATENCIES = {
  minutes: { property: 'latency', value: 15, unit: 'm' },
  hours: { property: 'latency', value: 1, unit: 'h' },
};
export type Latency = keyof typeof LATENCIES;

/** Writes one contract file of one dataset with every kind of column, and with columns beside them. */
export function writeContract(
  folder: string,
  index: number,
  columns: readonly JsonDocument[] = [],
  latency: Latency = 'minutes',
): void {
  const domain = `domain${index % DOMAINS}`;
  const name = `dataset${index}`;
  const document = contractDocument({
    id: name,
    dataProduct: name,
    domain,
    schema: [schemaObject(name, columns)],
    slaProperties: [LATENCIES[latency], { property: 'retention', value: 3, unit: 'y' }],
  });
  mkdirSync(path.join(folder, domain), { recursive: true });
  writeFileSync(path.join(folder, domain, `${name}.odcs.yaml`), stringify(document));
}

/** Writes so many contracts into a folder, which is made. */
export function writeContracts(folder: string, count: number, latency: Latency = 'minutes'): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) writeContract(folder, index, [], latency);
}
