import { createHash } from 'node:crypto';
import { Deduplication } from '../sqs/index.ts';
import { invalidParameter, type Notice } from './notice.ts';

/** Sequence numbers have 20 digits, and lie a thousand apart. @see https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-ordering.html */
const FIRST_NUMBER = 10_000_000_000_000_000_000n;
const STEP = 1000n;

const ID = /^[\w!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~-]{1,128}$/;
const ID_RULE = 'must be 1 to 128 letters, digits and signs of punctuation';

/** What a topic's settings say of it where it is first in, first out. */
export interface FifoSettings {
  readonly isContentDeduplicated: boolean;
  /** Whether an id of deduplication counts within its group alone. */
  readonly deduplicatesGroups: boolean;
}

/** What a FIFO topic knows of what it was told: the ids of the last five minutes, and how many numbers it has given. */
export class Fifo {
  readonly deduplication = new Deduplication();
  numbered = 0;

  constructor(private readonly settings: FifoSettings) {}

  /** @throws ServiceError InvalidParameterException */
  check({ groupId, deduplicationId }: Notice): void {
    if (groupId === undefined) throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
    if (deduplicationId === undefined && !this.settings.isContentDeduplicated)
      throw invalidParameter(
        'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      );
    if (!ID.test(groupId)) throw invalidParameter(`MessageGroupId Reason: ${ID_RULE}`);
    if (deduplicationId !== undefined && !ID.test(deduplicationId))
      throw invalidParameter(`MessageDeduplicationId Reason: ${ID_RULE}`);
  }

  /** Gives a notice its number, or knows it again: what was answered to the first one. */
  take(notice: Notice, now: number, newId: () => string): Numbered {
    const { message, groupId, deduplicationId = createHash('sha256').update(message).digest('hex') } = notice;
    const group = this.settings.deduplicatesGroups ? groupId : undefined;
    const known = this.deduplication.find(now, deduplicationId, group);
    if (known !== undefined) return { id: known.id, sequenceNumber: known.sequenceNumber, deduplicationId, isNew: false };
    this.numbered += 1;
    const taken = { id: newId(), sequenceNumber: String(FIRST_NUMBER + BigInt(this.numbered) * STEP) };
    this.deduplication.add(now, deduplicationId, group, taken);
    return { ...taken, deduplicationId, isNew: true };
  }
}

/** A notice in its place. */
export interface Numbered {
  readonly id: string;
  readonly sequenceNumber: string;
  readonly deduplicationId: string;
  readonly isNew: boolean;
}
