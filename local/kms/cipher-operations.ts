import { randomBytes } from 'node:crypto';
import type { Members } from '../input.ts';
import { ServiceError, type Caller } from '../service.ts';
import { open, readSealed, seal, type EncryptionContext } from './ciphertext.ts';
import type { KmsKey } from './key.ts';
import type { KeyStore, KmsParts } from './key-store.ts';
import { ALGORITHM, aliasKey, blob, contextKeys } from './request.ts';

/** Bytes. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
const PLAINTEXT = 4096;
const CIPHERTEXT = 6144;
const DATA_KEY = 1024;
const SPECS: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

/** What a request names: a key, and the context in which it is used. */
interface Use {
  readonly action: string;
  readonly id: string | undefined;
  readonly context: EncryptionContext;
  readonly onSameKey?: boolean;
}

/** Encrypting, decrypting, and making data keys. */
export class CipherOperations {
  constructor(
    private readonly parts: KmsParts,
    private readonly store: KeyStore,
  ) {}

  encrypt(input: Members, caller: Caller): object {
    const plaintext = blob(input, 'Plaintext', PLAINTEXT);
    const use = { action: 'kms:Encrypt', id: input.text('KeyId'), context: input.textMap('EncryptionContext') };
    const key = this.authorized(caller, this.store.find(use.id), use);
    return { ...this.sealed(key, plaintext, use.context), EncryptionAlgorithm: ALGORITHM };
  }

  decrypt(input: Members, caller: Caller): object {
    const use = { action: 'kms:Decrypt', id: input.optionalText('KeyId'), context: input.textMap('EncryptionContext') };
    const { key, plaintext } = this.opened(caller, blob(input, 'CiphertextBlob', CIPHERTEXT), use);
    return { KeyId: key.settings.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: ALGORITHM };
  }

  generateDataKey(input: Members, caller: Caller): object {
    const { key, dataKey, context } = this.dataKey(input, caller, 'kms:GenerateDataKey');
    return { ...this.sealed(key, dataKey, context), Plaintext: dataKey.toString('base64') };
  }

  generateDataKeyWithoutPlaintext(input: Members, caller: Caller): object {
    const { key, dataKey, context } = this.dataKey(input, caller, 'kms:GenerateDataKeyWithoutPlaintext');
    return this.sealed(key, dataKey, context);
  }

  reEncrypt(input: Members, caller: Caller): object {
    const bytes = blob(input, 'CiphertextBlob', CIPHERTEXT);
    const destination = this.store.find(input.text('DestinationKeyId'));
    const onSameKey = readSealed(bytes)?.keyId === destination.settings.id;
    const from = {
      action: 'kms:ReEncryptFrom',
      id: input.optionalText('SourceKeyId'),
      context: input.textMap('SourceEncryptionContext'),
    };
    const to = {
      action: 'kms:ReEncryptTo',
      id: input.text('DestinationKeyId'),
      context: input.textMap('DestinationEncryptionContext'),
    };
    const { key, plaintext } = this.opened(caller, bytes, { ...from, onSameKey });
    this.authorized(caller, destination, { ...to, onSameKey });
    return {
      ...this.sealed(destination, plaintext, to.context),
      SourceKeyId: key.settings.arn,
      SourceEncryptionAlgorithm: ALGORITHM,
      DestinationEncryptionAlgorithm: ALGORITHM,
    };
  }

  private dataKey(input: Members, caller: Caller, action: string): { key: KmsKey; dataKey: Buffer; context: EncryptionContext } {
    const use = { action, id: input.text('KeyId'), context: input.textMap('EncryptionContext') };
    const spec = input.optionalText('KeySpec');
    const bytes = spec === undefined ? input.optionalNumber('NumberOfBytes') : SPECS[spec];
    if (input.has('KeySpec') === input.has('NumberOfBytes'))
      throw new ServiceError('ValidationException', 'Please specify either number of bytes or key spec.');
    if (bytes === undefined) throw input.invalid('KeySpec', `must be one of ${Object.keys(SPECS).join(', ')}`);
    if (!Number.isInteger(bytes) || bytes < 1 || bytes > DATA_KEY)
      throw input.invalid('NumberOfBytes', `must be 1 to ${DATA_KEY}`);
    const key = this.authorized(caller, this.store.find(use.id), use);
    return { key, dataKey: randomBytes(bytes), context: use.context };
  }

  private sealed({ settings, material }: KmsKey, plaintext: Buffer, context: EncryptionContext): object {
    return { CiphertextBlob: seal(settings.id, material, plaintext, context).toString('base64'), KeyId: settings.arn };
  }

  /** The key is asked for before the bytes are looked into, as far as they tell which it is. */
  private opened(caller: Caller, bytes: Buffer, use: Use): { key: KmsKey; plaintext: Buffer } {
    const sealed = readSealed(bytes);
    const named = use.id === undefined ? undefined : this.store.find(use.id);
    const made = sealed === undefined ? undefined : this.store.all().find(({ settings }) => settings.id === sealed.keyId);
    const key = named ?? made;
    if (key === undefined) {
      if (sealed === undefined) throw invalidCiphertext();
      throw new ServiceError(
        'AccessDeniedException',
        'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
      );
    }
    this.authorized(caller, key, use);
    if (named !== undefined && made !== undefined && named !== made) {
      throw new ServiceError(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    }
    const plaintext = sealed === undefined || made === undefined ? undefined : open(sealed, made.material, use.context);
    if (plaintext === undefined) throw invalidCiphertext();
    return { key, plaintext };
  }

  private authorized(caller: Caller, key: KmsKey, { action, id, context, onSameKey }: Use): KmsKey {
    this.parts.iam.check(caller, action, key.settings.arn, {
      ...contextKeys(context),
      ...aliasKey(id),
      ...(onSameKey === undefined ? {} : { 'kms:ReEncryptOnSameKey': String(onSameKey) }),
    });
    return key;
  }
}

/** KMS says nothing more: a wrong context and a changed byte look alike. */
const invalidCiphertext = (): ServiceError => new ServiceError('InvalidCiphertextException', '');
