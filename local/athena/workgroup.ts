import { invalid } from './invalid-request.ts';
import { locate, settingsView, type ResultSettings } from './result-settings.ts';

export interface NewWorkGroup {
  readonly name: string;
  readonly description?: string | undefined;
  /** `s3://bucket/prefix/`. */
  readonly resultLocation?: string | undefined;
  /** Whether the workgroup's settings override the client's. */
  readonly enforce: boolean;
  /** Bytes; at least 10,000,000, as Athena asks. */
  readonly bytesScannedCutoff?: number | undefined;
  /** Encrypts results under this key. */
  readonly kmsKeyArn?: string | undefined;
  /** How results are encrypted, where not by `kmsKeyArn`. */
  readonly results?: Omit<ResultSettings, 'location'> | undefined;
  readonly publishMetrics?: boolean | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface WorkGroup extends Omit<NewWorkGroup, 'results'> {
  readonly results: ResultSettings;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
}

/** The workgroup that every account has. */
export const PRIMARY = 'primary';

/** The least cutoff that Athena takes, in bytes. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const LEAST_CUTOFF = 10_000_000;

/** @throws ServiceError InvalidRequestException */
export function newWorkGroup(input: NewWorkGroup, created: number): WorkGroup {
  const { resultLocation: location, bytesScannedCutoff: cutoff, kmsKeyArn: kmsKey } = input;
  if (location !== undefined) locate(location);
  if (cutoff !== undefined && cutoff < LEAST_CUTOFF)
    throw invalid(`'bytesScannedCutoff' must be at least ${LEAST_CUTOFF} bytes, got ${cutoff}`);
  const encryption = kmsKey === undefined ? {} : { encryption: { option: 'SSE_KMS', kmsKey } as const };
  return { ...input, created, results: { ...input.results, ...encryption, location } };
}

/** With a member that the SDKs do not show. */
const ENGINE = {
  Category: 'Presto',
  SelectedEngineVersion: 'AUTO',
  EffectiveEngineVersion: 'Athena engine version 3',
} as const;

export function workGroupView({
  name,
  description,
  created,
  enforce,
  results,
  bytesScannedCutoff,
  publishMetrics,
}: WorkGroup): object {
  return {
    Name: name,
    State: 'ENABLED',
    ...(description !== undefined && { Description: description }),
    CreationTime: created / 1000,
    Configuration: {
      ResultConfiguration: settingsView(results),
      EnforceWorkGroupConfiguration: enforce,
      PublishCloudWatchMetricsEnabled: publishMetrics ?? false,
      ...(bytesScannedCutoff !== undefined && { BytesScannedCutoffPerQuery: bytesScannedCutoff }),
      QuerySchedulingType: 'DEFAULT',
      RequesterPaysEnabled: false,
      EngineVersion: ENGINE,
      EnableMinimumEncryptionConfiguration: false,
    },
  };
}

/** A workgroup in a list. */
export const workGroupSummary = ({ name, description, created }: WorkGroup): object => ({
  Name: name,
  State: 'ENABLED',
  Description: description ?? '',
  CreationTime: created / 1000,
  EngineVersion: ENGINE,
});
