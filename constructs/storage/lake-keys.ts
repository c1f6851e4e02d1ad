import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import { keyStatements, type KeyUse } from './key-statements.ts';
import { ZoneKey, type ZoneKeyProps } from './zone-key.ts';

/** The keys of a lake, by what they encrypt: each admits those who need it and nobody else. */
export interface LakeKeys {
  readonly streamKey: kms.IKey;
  readonly lakeKey: kms.IKey;
  readonly closedKey: kms.IKey;
  readonly resultsKey: kms.IKey;
  readonly logKey: kms.IKey;
}

interface Purpose extends Omit<KeyUse, 'environment'> {
  readonly id: string;
  readonly description: string;
}

/** The keys' purposes; a lake that is not replicated admits no replication. */
const purposes = (isReplicated: boolean): Readonly<Record<keyof LakeKeys, Purpose>> => ({
  streamKey: {
    id: 'StreamKey',
    description: 'Streams',
    usedBy: ['producer', 'delivery', 'replay'],
    viaServices: ['kinesis'],
    encryptsLogs: false,
  },
  lakeKey: {
    id: 'LakeKey',
    description: 'Clean and curated data',
    usedBy: ['delivery', 'analyst', 'steward', 'table-maker', 'curator', ...(isReplicated ? (['replication'] as const) : [])],
    viaServices: ['s3'],
    encryptsLogs: false,
  },
  closedKey: {
    id: 'ClosedKey',
    description: 'Originals, rejects and secrets of domains',
    usedBy: ['delivery', 'quarantine-delivery', 'transform', 'steward', 'replay'],
    viaServices: ['s3', 'secretsmanager'],
    encryptsLogs: false,
  },
  resultsKey: {
    id: 'ResultsKey',
    description: 'Query results',
    usedBy: ['analyst'],
    viaServices: ['s3'],
    encryptsLogs: false,
  },
  logKey: { id: 'LogKey', description: 'Logs', usedBy: [], viaServices: [], encryptsLogs: true },
});

/** A key for each purpose. Stateful. */
export function ownKeys(
  scope: Construct,
  {
    environment,
    removalPolicy,
    isReplicated,
  }: Pick<ZoneKeyProps, 'environment' | 'removalPolicy'> & { readonly isReplicated: boolean },
): LakeKeys {
  const { streamKey, lakeKey, closedKey, resultsKey, logKey } = purposes(isReplicated);
  const make = ({ id, ...purpose }: Purpose) => new ZoneKey(scope, id, { environment, removalPolicy, ...purpose }).key;
  return {
    streamKey: make(streamKey),
    lakeKey: make(lakeKey),
    closedKey: make(closedKey),
    resultsKey: make(resultsKey),
    logKey: make(logKey),
  };
}

/** One key for every purpose. */
export const oneKey = (key: kms.IKey): LakeKeys => ({
  streamKey: key,
  lakeKey: key,
  closedKey: key,
  resultsKey: key,
  logKey: key,
});

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

/**
 * What the policy of a key must say that takes the place of all keys of a lake: who may use it, and through which services. A role uses a
 * key only if its own policy grants it too.
 */
export function lakeKeyStatements(scope: IConstruct, environment: string): iam.PolicyStatement[] {
  const all = Object.values(purposes(true));
  return keyStatements(scope, {
    environment,
    usedBy: distinct(all.flatMap(({ usedBy }) => usedBy)),
    viaServices: distinct(all.flatMap(({ viaServices }) => viaServices)),
    encryptsLogs: all.some(({ encryptsLogs }) => encryptsLogs),
  });
}
