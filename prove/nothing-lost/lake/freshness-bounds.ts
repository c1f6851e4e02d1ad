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
  const deliveries = Object.values(resources).filter(({ Type }) => Type === 'AWS::KinesisFirehose::DeliveryStream');
  const destinationsOf = (type: string): Destination[] =>
    deliveries
      .filter(({ Properties }) => Properties.DeliveryStreamType === type)
      .map(({ Properties }) => Properties.ExtendedS3DestinationConfiguration as Destination);
  const longest = (seconds: readonly number[]): number => Math.max(...seconds) * SECOND;
  const streams = destinationsOf('KinesisStreamAsSource');
  const batch = longest(
    streams.flatMap(({ ProcessingConfiguration }) =>
      (ProcessingConfiguration?.Processors ?? [])
        .flatMap(({ Parameters }) => Parameters)
        .filter(({ ParameterName }) => ParameterName === 'BufferIntervalInSeconds')
        .map(({ ParameterValue }) => Number(ParameterValue)),
    ),
  );
  const clean = longest(streams.map(({ BufferingHints }) => BufferingHints.IntervalInSeconds));
  const raw = longest(streams.flatMap(({ S3BackupConfiguration: backup }) => backup?.BufferingHints.IntervalInSeconds ?? []));
  const quarantine = longest(destinationsOf('DirectPut').map(({ BufferingHints }) => BufferingHints.IntervalInSeconds));
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
