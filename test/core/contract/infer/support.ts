import { SampleProfile } from '../../../../core/contract/infer/sample-profile.ts';
import { inferContract, type ContractFrame, type InferredContract } from '../../../../core/contract/infer/infer-contract.ts';
import { inferDataset, type InferOptions } from '../../../../core/contract/infer/infer-dataset.ts';
import { parseEvent } from '../../../../core/record/parse-json.ts';

/** A profile of events given as JSON texts, so that numbers keep their digits. */
export function profileOf(events: readonly string[], texts = false): SampleProfile {
  const profile = new SampleProfile(texts);
  for (const text of events) {
    const parsed = parseEvent(text);
    if ('reason' in parsed) throw new Error(`the fixture is no event: ${parsed.reason}`);
    profile.add(parsed.event, text);
  }
  return profile;
}

const FRAME: ContractFrame = {
  domain: 'energy',
  product: 'readings',
  owner: 'energy@example.com',
  retentionDays: 365,
  retentionChosen: true,
  origin: [],
};

export const infer = (profile: SampleProfile, options: Partial<InferOptions> = {}): InferredContract =>
  inferContract([inferDataset(profile, { dataset: 'readings', rename: false, ...options })], FRAME);

/** Events that differ, with an id, a time and one more column, of which each value is a JSON text. */
export const eventsWith = (values: readonly string[], name = 'value'): string[] =>
  values.map(
    (value, index) =>
      `{"reading_id":"r-${index}","measured_at":"2026-01-31T09:30:00Z"${value === '' ? '' : `,"${name}":${value}`}}`,
  );

interface Property {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** A column of the only dataset of a contract. */
export function columnOf({ document }: InferredContract, name = 'value'): Property | undefined {
  const [schema] = document.schema as readonly { readonly properties: readonly Property[] }[];
  return schema?.properties.find((property) => property.name === name);
}

/** What is said of a column, or of the dataset where no column is named. */
export const saidOf = ({ remarks }: InferredContract, column?: string): string[] =>
  remarks.filter((remark) => remark.column === column).map(({ text }) => text);
