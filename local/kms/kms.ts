import { Members } from '../input.ts';
import { ServiceError, type Caller, type JsonService, type Keys, type Operation } from '../service.ts';
import { CipherOperations } from './cipher-operations.ts';
import { GrantOperations } from './grant-operations.ts';
import { KeyOperations } from './key-operations.ts';
import { KeyStore, type KmsParts } from './key-store.ts';
import { checkState } from './key-state.ts';
import type { NewKey } from './key.ts';
import { checkSupported, dryRun, isDryRun } from './request.ts';

/**
 * KMS: symmetric keys that encrypt under a context, let in whom their policies and grants let in, and can be turned off. Every service that
 * asks whether a caller may use a key hears of its policy, its grants and its state.
 */
export class Kms implements Keys {
  readonly service: JsonService;
  private readonly store: KeyStore;

  /** @param values What earlier runs left of keys, by id: material, state and grants. It is kept up to date. */
  constructor(parts: KmsParts, values: Map<string, string> = new Map()) {
    this.store = new KeyStore(parts, values);
    const keys = new KeyOperations(parts, this.store);
    const ciphers = new CipherOperations(parts, this.store);
    const grants = new GrantOperations(parts, this.store);
    const operations: Record<string, (input: Members, caller: Caller) => object> = {
      CancelKeyDeletion: (input, caller) => keys.cancelKeyDeletion(input, caller),
      CreateGrant: (input, caller) => grants.createGrant(input, caller),
      Decrypt: (input, caller) => ciphers.decrypt(input, caller),
      DescribeKey: (input, caller) => keys.describeKey(input, caller),
      DisableKey: (input, caller) => keys.disableKey(input, caller),
      EnableKey: (input, caller) => keys.enableKey(input, caller),
      Encrypt: (input, caller) => ciphers.encrypt(input, caller),
      GenerateDataKey: (input, caller) => ciphers.generateDataKey(input, caller),
      GenerateDataKeyWithoutPlaintext: (input, caller) => ciphers.generateDataKeyWithoutPlaintext(input, caller),
      GenerateRandom: (input, caller) => ciphers.generateRandom(input, caller),
      GetKeyPolicy: (input, caller) => keys.getKeyPolicy(input, caller),
      GetKeyRotationStatus: (input, caller) => keys.getKeyRotationStatus(input, caller),
      ListAliases: (input, caller) => keys.listAliases(input, caller),
      ListGrants: (input, caller) => grants.listGrants(input, caller),
      ListKeyPolicies: (input, caller) => keys.listKeyPolicies(input, caller),
      ListKeys: (input, caller) => keys.listKeys(input, caller),
      ListResourceTags: (input, caller) => keys.listResourceTags(input, caller),
      ReEncrypt: (input, caller) => ciphers.reEncrypt(input, caller),
      RetireGrant: (input, caller) => grants.retireGrant(input, caller),
      RevokeGrant: (input, caller) => grants.revokeGrant(input, caller),
      ScheduleKeyDeletion: (input, caller) => keys.scheduleKeyDeletion(input, caller),
    };
    this.service = {
      name: 'kms',
      targetPrefix: 'TrentService',
      version: '1.1',
      operations: Object.fromEntries(
        Object.entries(operations).map(([name, run]): [string, Operation] => [
          name,
          async (raw, caller) => {
            const input = new Members(raw);
            checkSupported(name, input);
            const answer = run(input, caller);
            if (isDryRun(input)) throw dryRun();
            return answer;
          },
        ]),
      ),
    };
  }

  arnOf(name: string): string {
    return this.store.find(name).settings.arn;
  }

  checkState(name: string, action: string): void {
    const { settings, state } = this.store.find(name);
    checkState(settings.arn, state, action);
  }

  /** @throws ServiceError MalformedPolicyDocumentException for a bad policy, and one that names a role that does not exist */
  createKey(key: NewKey): void {
    this.store.create(key);
  }

  /** @throws ServiceError NotFoundException for the key, AlreadyExistsException, ValidationException and InvalidAliasNameException for the name */
  createAlias(name: string, keyId: string): void {
    if (!name.startsWith('alias/'))
      throw new ServiceError(
        'ValidationException',
        'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
      );
    if (!/^alias\/[\w/-]{1,250}$/.test(name) || name.startsWith('alias/aws/'))
      throw new ServiceError(
        'InvalidAliasNameException',
        `Alias name '${name}' must hold letters, digits and any of _/-, and not begin with 'alias/aws/'`,
      );
    this.store.createAlias(name, keyId);
  }
}
