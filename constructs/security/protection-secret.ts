import type { RemovalPolicy } from 'aws-cdk-lib/core';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { SECRET_BYTES } from '../../core/record/protect.ts';

/** What `ProtectionSecret` needs. */
export interface ProtectionSecretProps {
  /** The domain whose values are hashed and tokenized with it. */
  readonly domain: string;
  /** Key that encrypts it: the lake's `closedKey`. Its policy stays as it is. */
  readonly encryptionKey: kms.IKey;
  /** What a deletion of the stack does to the secret. Without it, no token can be made again. */
  readonly removalPolicy: RemovalPolicy;
}

/** The secret that a domain's hashes and tokens are made with; AWS draws it. A new value changes every token. Stateful. */
export class ProtectionSecret extends Construct {
  /** What `StreamIngestion` takes. */
  public readonly secret: secrets.ISecret;

  constructor(scope: Construct, id: string, { domain, encryptionKey, removalPolicy }: ProtectionSecretProps) {
    super(scope, id);
    this.secret = new secrets.Secret(this, 'Default', {
      description: `Hashes and tokens of ${domain}; a new value changes every token`,
      // by its ARN: handed the key itself, the CDK would open its policy to the whole account
      encryptionKey: kms.Key.fromKeyArn(this, 'Key', encryptionKey.keyArn),
      generateSecretString: { passwordLength: 2 * SECRET_BYTES, excludePunctuation: true },
      removalPolicy,
    });
  }
}
