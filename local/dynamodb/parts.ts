import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import type { Access, Keys } from '../service.ts';

/** What tables stand on. */
export interface TablesParts {
  readonly clock: SimulatedClock;
  readonly accountId: string;
  readonly region: string;
  readonly access: Access;
  readonly keys: Pick<Keys, 'arnOf'>;
  readonly measure: Measure;
  /** Where what tables hold is saved. */
  readonly folder: string;
  /** Lets a table's or a stream's own policy be heard; undefined ends that. @throws ServiceError ValidationException */
  readonly setPolicy: (arn: string, document: unknown) => void;
}
