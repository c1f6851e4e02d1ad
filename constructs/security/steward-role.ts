import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { announceDomain } from '../lake-neighbours.ts';
import type { Lake } from '../storage/lake.ts';
import { ActorRole } from './actor-role.ts';
import { allow, allowZoneKey } from './statements.ts';

/** What `StewardRole` needs. */
export interface StewardRoleProps {
  /** Environment's name: a segment of role paths. */
  readonly environment: string;
  /** The domain whose objects the role sees. */
  readonly domain: string;
  /** The zones that it looks into. */
  readonly lake: Pick<Lake, 'raw' | 'clean' | 'quarantine'>;
  /**
   * Who may become the steward: a role that exists already, a federated identity, the account under conditions.
   *
   * @default - anybody of the account whom IAM lets
   */
  readonly assumedBy?: iam.IPrincipal;
}

/** Answers for a domain's data: sees what lies in its zones, and reads what was rejected and why. It changes nothing. */
export class StewardRole extends Construct {
  /** Holds one policy: what the steward may do. */
  public readonly role: iam.IRole;

  constructor(scope: Construct, id: string, { environment, domain, lake, assumedBy }: StewardRoleProps) {
    super(scope, id);
    announceDomain(this, environment, domain);
    const { raw, clean, quarantine } = lake;
    const prefixes = [`keep*/${domain}/*`, `_errors/${domain}/*`];
    this.role = new ActorRole(this, 'Actor', {
      environment,
      actor: 'steward',
      assumedBy: assumedBy ?? new iam.AccountRootPrincipal(),
      description: `Stewards ${domain}`,
      statements: [
        // `raw` too: which hours hold originals tells what a replay must take, and a key holds nothing of an event
        allow('ListZones', ['s3:ListBucket'], [raw.bucket.bucketArn, clean.bucket.bucketArn, quarantine.bucket.bucketArn], {
          StringLike: { 's3:prefix': prefixes },
        }),
        allow(
          'ReadRejects',
          ['s3:GetObject'],
          [...prefixes.map((keys) => quarantine.bucket.arnForObjects(keys)), clean.bucket.arnForObjects(`_errors/${domain}/*`)],
        ),
        allowZoneKey(this, 'DecryptRejects', quarantine, ['kms:Decrypt']),
        allowZoneKey(this, 'DecryptErrors', clean, ['kms:Decrypt']),
      ],
    }).role;
  }
}
