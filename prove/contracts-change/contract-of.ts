import { contractFromObject } from '../../core/contract/from-object.ts';
import type { DataContract } from '../../core/contract/model.ts';
import type { ProofColumn, ProofVersion } from './change.ts';

/** The dataset that changes, and its domain. */
export const PROOF = { domain: 'proof', dataset: 'changes' } as const;
export const keepDaysOf = ({ keepDays = 7 }: ProofVersion): number => keepDays;

/** A version as a contract; `version` may be said anew, to see what the product refuses. */
export function contractOf(proof: ProofVersion, version: string = proof.version): DataContract {
  const keepDays = keepDaysOf(proof);
  const { readSometimesDays = keepDays, eventIdFields = ['serial'], tenantField, primaryKey = [] } = proof;
  const said: Readonly<Record<string, unknown>> = {
    eventIdFields,
    eventTimeField: 'made_at',
    readOften: `P${Math.min(keepDays, 30)}D`,
    readSometimes: `P${readSometimesDays}D`,
    ...(tenantField === undefined ? {} : { tenantField }),
  };
  return contractFromObject({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'proof-of-changes',
    version,
    status: 'active',
    domain: PROOF.domain,
    dataProduct: PROOF.dataset,
    team: { members: [{ username: 'proof@example.com', role: 'Owner' }] },
    slaProperties: [{ property: 'retention', value: keepDays, unit: 'd' }],
    schema: [
      {
        name: PROOF.dataset,
        customProperties: Object.entries(said).map(([property, value]) => ({ property, value })),
        properties: [
          { name: 'serial', logicalType: 'integer', required: true },
          { name: 'made_at', logicalType: 'timestamp', logicalTypeOptions: { timezone: true }, required: true },
          ...proof.columns.map(propertyOf),
        ].map((property) => withKey(property, primaryKey)),
      },
    ],
  });
}

const propertyOf = ({ name, odcs, protection }: ProofColumn) => ({
  name,
  ...odcs,
  ...(protection === undefined
    ? {}
    : { classification: 'restricted', customProperties: [{ property: 'protection', value: protection }] }),
});

const withKey = (property: { readonly name: string }, primaryKey: readonly string[]) =>
  primaryKey.includes(property.name)
    ? { ...property, primaryKey: true, primaryKeyPosition: primaryKey.indexOf(property.name) + 1 }
    : property;
