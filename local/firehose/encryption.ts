import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';

/** The key under which Firehose keeps what was put to it. */
export interface EncryptionKey {
  readonly type: 'AWS_OWNED_CMK' | 'CUSTOMER_MANAGED_CMK';
  /** Present for a customer's key. */
  readonly arn?: string;
}

/** An encryption as calls left it. */
export interface EncryptionState {
  readonly key?: EncryptionKey | undefined;
  /** Milliseconds since the epoch, simulated: of the last 24 hours at least, the latest last. */
  readonly changes: readonly number[];
}

/** How long a change of the encryption takes: AWS says seconds; simulated milliseconds. */
const CHANGE_TAKES = 5_000;

/** Changes in 24 hours. @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_StartDeliveryStreamEncryption.html */
const CHANGES_A_DAY = 25;
const DAY = 86_400_000;

/** Encryption of a Direct PUT delivery stream at rest: it changes with a delay. */
export class Encryption {
  /** When it was changed, the latest last. */
  private changes: readonly number[] = [];
  private current: EncryptionKey | undefined;

  constructor(key: EncryptionKey | undefined) {
    this.current = key;
  }

  /** The key that is set; undefined while encryption is off. */
  get key(): EncryptionKey | undefined {
    return this.current;
  }

  /** What calls have made of it. */
  get state(): EncryptionState {
    return { key: this.current, changes: this.changes };
  }

  restore({ key, changes }: EncryptionState): void {
    this.current = key;
    this.changes = changes;
  }

  /** @throws ServiceError LimitExceededException */
  change(key: EncryptionKey | undefined, now: number): void {
    this.changes = this.changes.filter((time) => time > now - DAY);
    if (this.changes.length >= CHANGES_A_DAY) {
      throw new ServiceError(
        'LimitExceededException',
        `Encryption is started and stopped at most ${CHANGES_A_DAY} times in 24 hours.`,
      );
    }
    this.changes = [...this.changes, now];
    this.current = key;
  }

  /** As DescribeDeliveryStream names it. */
  status(now: number): string {
    const changing = now < (this.changes.at(-1) ?? -Infinity) + CHANGE_TAKES;
    if (this.current === undefined) return changing ? 'DISABLING' : 'DISABLED';
    return changing ? 'ENABLING' : 'ENABLED';
  }
}

/** Reads `DeliveryStreamEncryptionConfigurationInput`. @throws what `refuse` of the members makes */
export function parseEncryption(input: Members | undefined): EncryptionKey | undefined {
  if (input === undefined) return undefined;
  input.only(['KeyType', 'KeyARN']);
  const type = input.text('KeyType');
  const arn = input.optionalText('KeyARN');
  if (type !== 'AWS_OWNED_CMK' && type !== 'CUSTOMER_MANAGED_CMK') {
    throw input.invalid('KeyType', 'must be AWS_OWNED_CMK or CUSTOMER_MANAGED_CMK');
  }
  if ((type === 'CUSTOMER_MANAGED_CMK') !== (arn !== undefined)) {
    throw input.invalid('KeyARN', 'is required for CUSTOMER_MANAGED_CMK, and not allowed for AWS_OWNED_CMK');
  }
  return { type, ...(arn !== undefined && { arn }) };
}
