import { randomBytes } from 'node:crypto';
import type { Members } from '../input.ts';
import { ServiceError, type Caller } from '../service.ts';
import { open, readSealed, seal, type EncryptionContext } from './ciphertext.ts';
import type { KmsKey, Material } from './key.ts';
import type { KeyStore, KmsParts } from './key-store.ts';
import { ALGORITHM, aliasKey, blob, contextKeys, optionalWhole } from './request.ts';

/** Bytes. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
const PLAINTEXT = 4096;
const CIPHERTEXT = 6144;
const RANDOM = { least: 1, most: 1024 } as const;
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
    const { blob: CiphertextBlob, key } = this.sealed(
      this.authorized(caller, this.store.find(use.id), use),
      plaintext,
      use.context,
    );
    return { CiphertextBlob, KeyId: key, EncryptionAlgorithm: ALGORITHM };
  }

  decrypt(input: Members, caller: Caller): object {
    const use = { action: 'kms:Decrypt', id: input.optionalText('KeyId'), context: input.textMap('EncryptionContext') };
    const { key, plaintext, material } = this.opened(caller, blob(input, 'CiphertextBlob', CIPHERTEXT), use);
    return {
      KeyId: key.settings.arn,
      Plaintext: plaintext.toString('base64'),
      EncryptionAlgorithm: ALGORITHM,
      KeyMaterialId: material.id,
    };
  }

  generateDataKey(input: Members, caller: Caller): object {
    const { sealed, dataKey } = this.dataKey(input, caller, 'kms:GenerateDataKey');
    return { ...sealed, Plaintext: dataKey.toString('base64') };
  }

  generateDataKeyWithoutPlaintext(input: Members, caller: Caller): object {
    return this.dataKey(input, caller, 'kms:GenerateDataKeyWithoutPlaintext').sealed;
  }

  generateRandom(input: Members, caller: Caller): object {
    this.parts.iam.check(caller, 'kms:GenerateRandom', '*');
    const bytes = optionalWhole(input, 'NumberOfBytes', RANDOM);
    if (bytes === undefined) throw new ServiceError('ValidationException', 'NumberOfBytes is required.');
    return { Plaintext: randomBytes(bytes).toString('base64') };
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
    const { key, plaintext, material } = this.opened(caller, bytes, { ...from, onSameKey });
    const made = this.sealed(this.authorized(caller, destination, { ...to, onSameKey }), plaintext, to.context);
    return {
      CiphertextBlob: made.blob,
      KeyId: made.key,
      SourceKeyId: key.settings.arn,
      SourceKeyMaterialId: material.id,
      DestinationKeyMaterialId: made.materialId,
      SourceEncryptionAlgorithm: ALGORITHM,
      DestinationEncryptionAlgorithm: ALGORITHM,
    };
  }

  private dataKey(input: Members, caller: Caller, action: string): { dataKey: Buffer; sealed: object } {
    const use = { action, id: input.text('KeyId'), context: input.textMap('EncryptionContext') };
    const spec = input.optionalText('KeySpec');
    const bytes = spec === undefined ? optionalWhole(input, 'NumberOfBytes', RANDOM) : SPECS[spec];
    if (input.has('KeySpec') === input.has('NumberOfBytes'))
      throw new ServiceError('ValidationException', 'Please specify either number of bytes or key spec.');
    if (bytes === undefined) throw input.invalid('KeySpec', `must be one of ${Object.keys(SPECS).join(', ')}`);
    const dataKey = randomBytes(bytes);
    const {
      blob: CiphertextBlob,
      key,
      materialId,
    } = this.sealed(this.authorized(caller, this.store.find(use.id), use), dataKey, use.context);
    return { dataKey, sealed: { CiphertextBlob, KeyId: key, KeyMaterialId: materialId } };
  }

  /** What is made of a plaintext, by which key, with which of its materials. */
  private sealed(key: KmsKey, plaintext: Buffer, context: EncryptionContext): { blob: string; key: string; materialId: string } {
    const { id, arn } = key.settings;
    const material = key.materialOf(key.rotations(this.parts.clock.now()));
    return { blob: seal(id, material, plaintext, context).toString('base64'), key: arn, materialId: material.id };
  }

  /** The key is asked for before the bytes are looked into, as far as they tell which it is. */
  private opened(caller: Caller, bytes: Buffer, use: Use): { key: KmsKey; plaintext: Buffer; material: Material } {
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
    if (sealed === undefined || made === undefined) throw invalidCiphertext();
    const material = made.materialOf(sealed.rotation);
    const plaintext = open(sealed, material, use.context);
    if (plaintext === undefined) throw invalidCiphertext();
    return { key, plaintext, material };
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
