import type { SimulatedClock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { Iam } from '../iam/index.ts';
import { ServiceError } from '../service.ts';
import { checkState, disabled, isUse } from './key-state.ts';
import { KmsKey, type NewKey } from './key.ts';
import { permits } from './grant.ts';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html#key-policy-limit */
const POLICY_BYTES = 32_768;
/** @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts-key-id.html */
const KEY_ID = /^(?:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|mrk-[\da-f]{32})$/i;

export interface KmsParts {
  readonly clock: SimulatedClock;
  readonly iam: Iam;
  readonly region: string;
  readonly accountId: string;
  /** @default - none */
  readonly faults?: Faults;
}

/** A name for a key. */
export interface Alias {
  /** `alias/<name>`. */
  readonly name: string;
  readonly arn: string;
  readonly keyId: string;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
}

/** Keys and their names. What is done to a key outlives the run; the template's settings of it are read anew. */
export class KeyStore {
  readonly aliases = new Map<string, Alias>();
  private readonly keys = new Map<string, KmsKey>();

  /** @param values What earlier runs left of keys, by id; kept up to date. */
  constructor(
    private readonly parts: KmsParts,
    private readonly values: Map<string, string>,
  ) {
    parts.iam.guardAbsent('arn:aws:kms:', (arn) => {
      this.find(arn);
      throw missing(arn);
    });
  }

  /** @throws ServiceError LimitExceededException, MalformedPolicyDocumentException, a role that does not exist among its reasons */
  create(settings: NewKey): KmsKey {
    const { id, arn, policy } = settings;
    if (JSON.stringify(policy).length > POLICY_BYTES)
      throw new ServiceError('LimitExceededException', `The key policy is longer than ${POLICY_BYTES} bytes.`);
    const key = new KmsKey(settings, this.parts.clock.now(), this.values.get(id));
    this.parts.iam.addResourcePolicy({
      arn,
      document: policy,
      mustAllow: true,
      code: 'MalformedPolicyDocumentException',
      invalidPrincipal: 'Policy contains a statement with one or more invalid principals.',
      context: () => ({
        'kms:KeyOrigin': 'AWS_KMS',
        'kms:KeySpec': 'SYMMETRIC_DEFAULT',
        'kms:KeyUsage': 'ENCRYPT_DECRYPT',
        'kms:MultiRegion': 'false',
        'kms:ResourceAliases': this.aliasesOf(id).map(({ name }) => name),
        ...Object.fromEntries(Object.entries(settings.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
      }),
      permits: (caller, action, context) => key.grants.some((grant) => permits(grant, caller, action, context)),
      guard: (action) => {
        if (key.isGone(this.parts.clock.now())) throw missing(arn);
        checkState(arn, key.state, action);
        if (isUse(action)) this.interrupt(arn, action);
      },
    });
    this.keys.set(id, key);
    this.save(key);
    return key;
  }

  /** @throws ServiceError NotFoundException for the key, AlreadyExistsException for the name */
  createAlias(name: string, keyId: string): Alias {
    const arn = this.arn(name);
    if (this.aliases.has(name)) throw new ServiceError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    const alias = { name, arn, keyId: this.find(keyId).settings.id, created: this.parts.clock.now() };
    this.aliases.set(name, alias);
    return alias;
  }

  /** A key by its id or its ARN, for those who manage it. @throws ServiceError NotFoundException for an alias too */
  findById(id: string): KmsKey {
    if (/(^|:)alias\//.test(id)) throw new ServiceError('NotFoundException', `Invalid keyId ${id}`);
    return this.find(id);
  }

  /** A key by its id, its ARN, or a name. @throws ServiceError NotFoundException */
  find(id: string): KmsKey {
    const { name: named, arn, own } = this.named(id);
    if (named.startsWith('alias/')) {
      const alias = own ? this.aliases.get(named) : undefined;
      if (alias === undefined) throw new ServiceError('NotFoundException', `Alias ${arn} is not found.`);
      return this.find(alias.keyId);
    }
    const bare = arn === id ? named.replace(/^key\//, '') : named;
    if (!KEY_ID.test(bare)) throw new ServiceError('NotFoundException', `Invalid keyId '${bare}'`);
    const key = own ? this.keys.get(bare) : undefined;
    if (key === undefined || key.isGone(this.parts.clock.now())) throw missing(own ? this.arn(`key/${bare}`) : arn);
    return key;
  }

  /** What an id or an ARN names, and whether it is this account's. @throws ServiceError NotFoundException for another region */
  private named(id: string): { readonly name: string; readonly arn: string; readonly own: boolean } {
    if (!id.startsWith('arn:')) return { name: id, arn: this.arn(id), own: true };
    const [, partition, service, region = '', account, ...rest] = id.split(':');
    if (partition !== 'aws' || service !== 'kms' || region !== this.parts.region)
      throw new ServiceError('NotFoundException', `Invalid arn ${region}`);
    return { name: rest.join(':'), arn: id, own: account === this.parts.accountId };
  }

  /** Keys that are not gone, by id. */
  all(): readonly KmsKey[] {
    return [...this.keys.values()]
      .filter((key) => !key.isGone(this.parts.clock.now()))
      .sort((a, b) => (a.settings.id < b.settings.id ? -1 : 1));
  }

  aliasesOf(keyId: string): readonly Alias[] {
    return [...this.aliases.values()].filter((alias) => alias.keyId === keyId);
  }

  /** Keeps what has been done to a key. */
  save(key: KmsKey): void {
    this.values.set(key.settings.id, key.saved());
  }

  /** Lets a use fail that a fault is meant for. @throws ServiceError DisabledException, ThrottlingException */
  private interrupt(arn: string, action: string): void {
    const fault = this.parts.faults?.take('kms:use', { operation: action, resource: arn, time: this.parts.clock.now() });
    if (fault === 'disabled') throw disabled(arn);
    if (fault === 'throttle')
      throw new ServiceError(
        'ThrottlingException',
        'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      );
  }

  private arn(resource: string): string {
    return `arn:aws:kms:${this.parts.region}:${this.parts.accountId}:${resource}`;
  }
}

const missing = (arn: string): ServiceError => new ServiceError('NotFoundException', `Key '${arn}' does not exist`);
