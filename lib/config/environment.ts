import { RemovalPolicy, type Duration, type Size } from 'aws-cdk-lib/core';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** All in which environments differ: nothing branches on a name. */
export interface Environment {
  /** A segment of stack, database and workgroup names, and of role paths; lower-case letters and digits, at most 12. */
  readonly name: string;
  /** What it is for, and what may happen to it: the beginning of every stack's description. */
  readonly purpose: string;
  /** @default - the account of the credentials at deployment */
  readonly account?: string;
  /** @default - the region of the credentials at deployment */
  readonly region?: string;
  /** What a deletion of a stack does to what holds data. */
  readonly removalPolicy: RemovalPolicy.DESTROY | RemovalPolicy.RETAIN;
  readonly terminationProtection: boolean;
  /** Shards of each stream at least; more where a contract's volume needs more. 0 means on demand. */
  readonly shards: number;
  /** How long streams keep records: an outage of delivery may last that long. From 24 hours to 365 days, whole hours. */
  readonly streamRetention: Duration;
  readonly logRetention: RetentionDays;
  /** What one query may scan; 10 MB at least. */
  readonly scanCutoff: Size;
  /** Who pays: a tag of every resource. */
  readonly costCentre: string;
}

/** An environment that is not there, or cannot be deployed. Codes are stable: `UnknownEnvironment`, `InvalidEnvironment`. */
export class EnvironmentError extends Error {
  constructor(
    readonly code: string,
    faults: readonly string[],
  ) {
    super(faults.map((fault) => `${code}: ${fault}`).join('\n'));
    this.name = 'EnvironmentError';
  }
}

const NAME = /^[a-z][a-z0-9]{0,11}$/;
const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** What AWS takes as a tag's value. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_VALUE = /^[\p{L}\p{N}\s_.:/=+\-@]{1,256}$/u;
/** Shards that an account may have in the smallest regions. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const MOST_SHARDS = 1000;
/** Athena's least limit, in bytes. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const LEAST_CUTOFF = 10_000_000;

/** @throws {@link EnvironmentError} naming each value that is wrong */
export function checkEnvironment(environment: Environment): Environment {
  const {
    name,
    purpose,
    account,
    region,
    removalPolicy,
    terminationProtection,
    shards,
    streamRetention,
    scanCutoff,
    costCentre,
  } = environment;
  const hours = streamRetention.toHours({ integral: false });
  const rules: readonly (readonly [isHeld: boolean, fault: string])[] = [
    [NAME.test(name), `'name' must be a lower-case letter and up to 11 letters or digits, got '${name}'; rename it`],
    [purpose.trim() !== '', "'purpose' must say what the environment is for, got nothing; write a few words"],
    [
      account === undefined || ACCOUNT.test(account),
      `'account' must be 12 digits, got '${account ?? ''}'; mend it, or leave it to CDK_DEFAULT_ACCOUNT`,
    ],
    [
      region === undefined || REGION.test(region),
      `'region' must be a region such as eu-central-1, got '${region ?? ''}'; mend it, or leave it to CDK_DEFAULT_REGION`,
    ],
    [
      Number.isInteger(shards) && shards >= 0 && shards <= MOST_SHARDS,
      `'shards' must be a whole number from 0 (on demand) to ${MOST_SHARDS}, got ${shards}; mend it`,
    ],
    [
      Number.isInteger(hours) && hours >= 24 && hours <= 8760,
      `'streamRetention' must be whole hours from 24 to 8760, got ${hours}; mend it`,
    ],
    [
      scanCutoff.toBytes() >= LEAST_CUTOFF,
      `'scanCutoff' must be ${LEAST_CUTOFF} bytes at least, which is what Athena takes, got ${scanCutoff.toBytes()}; raise it`,
    ],
    [TAG_VALUE.test(costCentre), `'costCentre' must be what AWS takes as a tag's value, got '${costCentre}'; mend it`],
    [
      !(terminationProtection && removalPolicy === RemovalPolicy.DESTROY),
      "'removalPolicy' must retain what 'terminationProtection' protects, got DESTROY; retain, or protect nothing",
    ],
  ];
  const faults = rules.filter(([isHeld]) => !isHeld).map(([, fault]) => fault);
  if (faults.length > 0)
    throw new EnvironmentError(
      'InvalidEnvironment',
      faults.map((fault) => `'${name}' of lib/config/environments.ts: ${fault}`),
    );
  return environment;
}
