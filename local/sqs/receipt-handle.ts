import { ServiceError } from '../service.ts';

/** What a receiver shows to delete what it has received. */
export interface Receipt {
  readonly queueArn: string;
  readonly messageId: string;
  /** Tells one receiving of the message from another. */
  readonly receipt: string;
}

export const writeHandle = ({ queueArn, messageId, receipt }: Receipt): string =>
  Buffer.from(`${receipt} ${queueArn} ${messageId}`).toString('base64');

/** @throws ServiceError ReceiptHandleIsInvalid for what no queue has given, or another one */
export function readHandle(handle: string, queueArn: string): Receipt {
  const [receipt, arn, messageId, more] = Buffer.from(handle, 'base64').toString('utf8').split(' ');
  if (receipt === undefined || messageId === undefined || more !== undefined || arn !== queueArn)
    throw new ServiceError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  return { queueArn, messageId, receipt };
}
