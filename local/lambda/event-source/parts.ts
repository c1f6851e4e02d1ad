import type { SimulatedClock } from '../../clock.ts';
import type { Measure } from '../../cloudwatch/metric.ts';
import type { Work } from '../../work.ts';
import type { Kinesis } from '../../kinesis/kinesis.ts';
import type { Caller, Log } from '../../service.ts';
import type { Queues } from '../../sqs/index.ts';
import type { Lambda } from '../lambda.ts';
import type { DestinationParts } from '../destination.ts';

/** What event source mappings stand on. */
export interface MappingParts extends Omit<DestinationParts, 'lambda'> {
  readonly clock: SimulatedClock;
  readonly region: string;
  readonly kinesis: Kinesis;
  readonly queues: Queues;
  readonly lambda: Pick<
    Lambda,
    'checkInvoke' | 'enqueue' | 'has' | 'invokeMapped' | 'roleOf' | 'strangeRuntime' | 'timeoutOf' | 'versionOf'
  >;
  readonly measure: Measure;
  readonly onLog: Log;
  /**
   * A session of a function's role, as which Lambda reads and tells.
   *
   * @throws ServiceError where there is no such role, or its trust policy says no
   */
  readonly assume: (roleArn: string, functionArn: string) => Caller;
}

/** The same, with what all mappings have under way. */
export interface WorkingParts extends MappingParts {
  readonly work: Work;
}
