import type { DatasetPart } from './dataset-part.ts';
import type { Remark } from './odcs-parts.ts';
import { renderDocument } from './render-document.ts';

/** What no sample can tell. */
export interface ContractFrame {
  readonly domain: string;
  readonly product: string;
  /** Who answers for the data. */
  readonly owner: string;
  readonly retentionDays: number;
  /** Whether a person chose the retention. */
  readonly retentionChosen: boolean;
  /** What was read, a line for each sample. */
  readonly origin: readonly string[];
}

export interface InferredContract {
  /** The ODCS document. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly remarks: readonly Remark[];
  /** The document as a file, with its remarks as comments. */
  readonly text: string;
}

/** Puts inferred datasets together to one contract. */
export function inferContract(datasets: readonly DatasetPart[], frame: ContractFrame): InferredContract {
  const { domain, product, owner, retentionDays } = frame;
  const document = {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: `${domain}-${product}`.replaceAll('_', '-'),
    version: '1.0.0',
    status: 'draft',
    domain,
    dataProduct: product,
    team: { members: [{ username: owner, role: 'Owner' }] },
    slaProperties: [{ property: 'retention', value: retentionDays, unit: 'd' }],
    schema: datasets.map(({ schema }) => schema),
  };
  const remarks: Remark[] = [
    { path: ['status'], text: "'active' once every mark is settled", confirm: true },
    ...(frame.retentionChosen
      ? []
      : [{ path: ['slaProperties', 0], text: 'how long the data may and must be kept', confirm: true }]),
    ...datasets.flatMap((dataset, index) =>
      dataset.remarks.map((remark) => ({ ...remark, path: ['schema', index, ...remark.path] })),
    ),
  ];
  const heading = [
    "Written by 'headwaters contracts init'. What it guessed is marked 'confirm': settle each, then take the mark away.",
    ...frame.origin,
    "'required' is what no event of the sample lacked.",
  ];
  return { document, remarks, text: renderDocument(document, remarks, heading) };
}
