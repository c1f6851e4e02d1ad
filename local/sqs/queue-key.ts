import { ServiceError, type Keys } from '../service.ts';
import type { CheckSender, Sender } from './parts.ts';

/** What SQS makes of a refusal of KMS. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors */
const CODES: Readonly<Record<string, string>> = {
  DisabledException: 'KmsDisabled',
  KMSInvalidStateException: 'KmsInvalidState',
  NotFoundException: 'KmsNotFound',
};

/** AWS's own key, whose policy cannot be changed: it lets in who asks for the account, and no service. */
const AWS_KEY = /^(arn:aws:kms:[^:]+:\d{12}:)?alias\/aws\/sqs$/;

/** What a sender needs, and what a receiver. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
const ACTIONS = { send: ['kms:GenerateDataKey', 'kms:Decrypt'], receive: ['kms:Decrypt'] } as const;

/** Uses queues' keys in the name of whoever sends or receives. */
export class QueueKey {
  constructor(
    private readonly parts: { readonly check: CheckSender; readonly region: string; readonly keys: Pick<Keys, 'arnOf'> },
  ) {}

  /** @throws ServiceError KmsAccessDenied, KmsDisabled, KmsInvalidState, KmsNotFound */
  use(sender: Sender, keyId: string | undefined, queueArn: string, purpose: keyof typeof ACTIONS): void {
    if (keyId === undefined) return;
    if (AWS_KEY.test(keyId)) {
      if ('service' in sender) throw new ServiceError('KmsAccessDenied', `${sender.service} may not use the key alias/aws/sqs`);
      return;
    }
    const { check, region, keys } = this.parts;
    try {
      const keyArn = keys.arnOf(keyId);
      for (const action of ACTIONS[purpose])
        check(sender, action, keyArn, {
          'kms:ViaService': `sqs.${region}.amazonaws.com`,
          'kms:CallerAccount': sender.accountId,
          'kms:EncryptionContext:aws:sqs:arn': queueArn,
          'kms:EncryptionContextKeys': ['aws:sqs:arn'],
        });
    } catch (error) {
      if (error instanceof ServiceError) throw new ServiceError(CODES[error.code] ?? 'KmsAccessDenied', error.message);
      throw error;
    }
  }
}
