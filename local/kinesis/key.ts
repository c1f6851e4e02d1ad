import { ServiceError, type Access, type Caller } from '../service.ts';
import type { StreamSettings } from './stream.ts';

/** What Kinesis makes of a refusal of KMS. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html#API_PutRecord_Errors */
const CODES: Readonly<Record<string, string>> = {
  DisabledException: 'KMSDisabledException',
  KMSInvalidStateException: 'KMSInvalidStateException',
  NotFoundException: 'KMSNotFoundException',
  ThrottlingException: 'KMSThrottlingException',
};

/** Uses streams' keys in the name of whoever calls. */
export class StreamKey {
  constructor(
    private readonly parts: {
      readonly access: Access;
      readonly region: string;
    },
  ) {}

  /** @throws ServiceError KMSAccessDeniedException, KMSDisabledException, KMSThrottlingException… */
  use(caller: Caller, { keyArn, arn }: StreamSettings, action: 'kms:GenerateDataKey' | 'kms:Decrypt'): void {
    if (keyArn === undefined) return;
    const { access, region } = this.parts;
    const context = {
      'kms:ViaService': `kinesis.${region}.amazonaws.com`,
      'kms:EncryptionContext:aws:kinesis:arn': arn,
      'kms:EncryptionContextKeys': ['aws:kinesis:arn'],
      'kms:CallerAccount': caller.accountId,
    };
    try {
      access.check(caller, action, keyArn, context);
    } catch (error) {
      if (error instanceof ServiceError) throw new ServiceError(CODES[error.code] ?? 'KMSAccessDeniedException', error.message);
      throw error;
    }
  }
}
