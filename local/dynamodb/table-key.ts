import { ServiceError, type Caller } from '../service.ts';
import type { TablesParts } from './parts.ts';
import type { Table } from './table/table.ts';

/** AWS's own key for DynamoDB, which lets in whoever asks by DynamoDB. */
const AWS_KEY = /(^|:)alias\/aws\/dynamodb$/;

/** Uses tables' keys in the name of whoever reads or writes. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
export class TableKey {
  constructor(private readonly parts: Pick<TablesParts, 'access' | 'keys' | 'region' | 'accountId'>) {}

  /** @throws ServiceError AccessDeniedException, in KMS's own words */
  use(caller: Caller, { name, settings: { keyId } }: Table): void {
    if (keyId === undefined || AWS_KEY.test(keyId)) return;
    const { access, keys, region, accountId } = this.parts;
    try {
      access.check(caller, 'kms:Decrypt', keys.arnOf(keyId), {
        'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
        'kms:CallerAccount': caller.accountId,
        'kms:EncryptionContext:aws:dynamodb:tableName': name,
        'kms:EncryptionContext:aws:dynamodb:subscriberId': accountId,
        'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
      });
    } catch (error) {
      if (error instanceof ServiceError)
        throw new ServiceError('AccessDeniedException', `KMS key access denied error: ${error.message}`);
      throw error;
    }
  }

  /** The ARN of the key that a table is to have; undefined under DynamoDB's own. @throws ServiceError NotFoundException */
  find(keyId: string | undefined): string | undefined {
    if (keyId === undefined) return undefined;
    const { keys, region, accountId } = this.parts;
    return AWS_KEY.test(keyId) ? `arn:aws:kms:${region}:${accountId}:alias/aws/dynamodb` : keys.arnOf(keyId);
  }

  /** The ARN of the key that a table has, which may be there no more. */
  arnOf({ settings: { keyId } }: Table): string | undefined {
    try {
      return this.find(keyId);
    } catch (error) {
      if (error instanceof ServiceError) return keyId;
      throw error;
    }
  }
}
