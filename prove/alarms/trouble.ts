import type { FaultRule } from '../../local/faults/index.ts';
import type { Edit } from '../nothing-lost/lake/assembly.ts';
import { GOOD, ODD } from '../nothing-lost/input/inputs.ts';
import type { Input } from '../nothing-lost/input/input.ts';
import type { MischiefKind } from '../nothing-lost/lake/mischief.ts';

/** Something for which a person must be called. */
export interface Trouble {
  readonly says: string;
  /** Ids of the alarms that must go off, and of no others: the ends of their construct paths, without `Alarm`. */
  readonly alarms: readonly string[];
  /** What arrives each minute, before it and while it lasts. @default - good events */
  readonly arrives?: readonly Input[];
  /** What is planted. @default - nothing */
  readonly faults?: readonly Omit<FaultRule, 'line'>[];
  /** What the function is made to do. @default - nothing */
  readonly mischief?: MischiefKind;
  /** What the templates are changed to. @default - nothing */
  readonly edit?: Edit;
}

const BAD = ODD.filter(({ name }) => name === 'B17 a text for a number');

/** Takes one action from everybody. */
const withoutAction =
  (action: string): Edit =>
  (resources) => {
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type !== 'AWS::IAM::ManagedPolicy') continue;
      const document = Properties.PolicyDocument as { Statement: { Action: string | string[] }[] };
      const left = document.Statement.map((statement) => ({
        ...statement,
        Action: [statement.Action].flat().filter((one) => one !== action),
      }));
      document.Statement = left.filter(({ Action }) => Action.length > 0);
    }
  };

export const TROUBLES: readonly Trouble[] = [
  { says: 'nothing is wrong', alarms: [] },
  {
    says: 'S3 takes no object of the delivery',
    alarms: ['Late', 'Unread'], // a delivery that waits for S3 reads no more
    faults: [{ at: 'firehose:s3', fault: 'unavailable', where: 'arn:aws:s3:::*clean*' }],
  },
  {
    says: 'the delivery may not read the stream',
    alarms: ['Unread'],
    edit: withoutAction('kinesis:GetRecords'),
  },
  {
    says: 'half of the events are bad',
    alarms: ['Quarantined'],
    arrives: [GOOD, ...BAD],
  },
  {
    says: 'the stream takes no record',
    alarms: ['Throttled'],
    faults: [{ at: 'kinesis:put', fault: 'throttle' }],
  },
  {
    says: 'the function fails whatever it is given',
    alarms: ['Failing', 'Filed'],
    mischief: 'throws',
  },
  {
    says: 'the function may put no reject into quarantine',
    alarms: ['Undelivered', 'Filed'],
    arrives: [GOOD, ...BAD],
    edit: withoutAction('firehose:PutRecordBatch'),
  },
  {
    says: 'S3 takes no rejects',
    alarms: ['Stuck', 'Quarantined'],
    arrives: [GOOD, ...BAD],
    faults: [{ at: 'firehose:s3', fault: 'unavailable', where: 'arn:aws:s3:::*quarantine*' }],
  },
  {
    says: 'a fold may not commit to its table',
    alarms: ['Failed'],
    edit: withoutAction('glue:UpdateTable'),
  },
];
