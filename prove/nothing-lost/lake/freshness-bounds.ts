import type { Resource } from '../../../test/support/synth.ts';
import type { Times } from '../history/freshness.ts';

const SECOND = 1_000;
/** Between a put and the read of it, and between two steps of a delivery: a few polls of a second each. */
const HOPS = 10 * SECOND;
/** The longest pause before something refused is tried again: of a delivery's objects, and of its reads. @see local/firehose/outbox.ts, kinesis-source.ts */
export const PAUSES = 2 * 300 * SECOND;

interface Hints {
  readonly IntervalInSeconds: number;
}
interface Destination {
  readonly DataFormatConversionConfiguration?: unknown;
  readonly BufferingHints: Hints;
  readonly S3BackupConfiguration?: { readonly BufferingHints: Hints };
  readonly ProcessingConfiguration?: {
    readonly Processors: readonly {
      readonly Parameters: readonly { readonly ParameterName: string; readonly ParameterValue: string }[];
    }[];
  };
}

/**
 * How long an event may take to each place, by the buffers that the template states: a batch for the function, and one for the object.
 *
 * @param afterFault Whether something may be waiting to be tried again
 */
export function freshnessBounds(resources: Readonly<Record<string, Resource>>, afterFault: boolean): Times {
  const destinations = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::KinesisFirehose::DeliveryStream')
    .map(({ Properties }) => Properties.ExtendedS3DestinationConfiguration as Destination);
  const toTables = destinations.filter((destination) => destination.DataFormatConversionConfiguration !== undefined);
  const ofRejects = destinations.filter((destination) => destination.DataFormatConversionConfiguration === undefined);
  const longest = (seconds: readonly number[]): number => Math.max(...seconds) * SECOND;
  const batch = longest(
    toTables.flatMap(({ ProcessingConfiguration }) =>
      (ProcessingConfiguration?.Processors ?? [])
        .flatMap(({ Parameters }) => Parameters)
        .filter(({ ParameterName }) => ParameterName === 'BufferIntervalInSeconds')
        .map(({ ParameterValue }) => Number(ParameterValue)),
    ),
  );
  const clean = longest(toTables.map(({ BufferingHints }) => BufferingHints.IntervalInSeconds));
  const raw = longest(toTables.flatMap(({ S3BackupConfiguration: backup }) => backup?.BufferingHints.IntervalInSeconds ?? []));
  const quarantine = longest(ofRejects.map(({ BufferingHints }) => BufferingHints.IntervalInSeconds));
  const margin = HOPS + (afterFault ? PAUSES : 0);
  return {
    clean: batch + clean + margin,
    quarantine: batch + quarantine + margin,
    parked: batch + clean + margin,
    raw: raw + margin,
  };
}

/** All that a run must be given after its last fault. */
export const settleTime = (bounds: Times): number => Math.max(...Object.values(bounds).map(Number));
