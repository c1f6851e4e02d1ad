import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { CfnOutput, Stack, type Duration, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { LakeNetwork, Zones } from '../../constructs/network/index.ts';
import { AlarmTopic, ReplicationAlarms } from '../../constructs/operations/index.ts';
import { AuditTrail } from '../../constructs/security/index.ts';
import { LakeStorage } from '../../constructs/storage/index.ts';
import { outputKey } from '../../core/naming.ts';
import type { AuditNeed, Environment } from '../config/environment.ts';
import { trustedBy } from '../config/trusted.ts';

export interface FoundationStackProps extends StackProps {
  readonly environment: Environment;
}

const LOCKS = {
  governance: (days: Duration) => ObjectLockRetention.governance(days),
  compliance: (days: Duration) => ObjectLockRetention.compliance(days),
} as const satisfies Record<AuditNeed['lock'], (days: Duration) => ObjectLockRetention>;

/** Where data rests, whatever the data is: its template is the same for no contract and for a thousand. */
export class FoundationStack extends Stack {
  constructor(scope: Construct, id: string, { environment, ...props }: FoundationStackProps) {
    super(scope, id, props);
    const { name, removalPolicy, accessLogRetention, resultRetention, eventBridge, rawLock, replicationRegion } = environment;
    const lake = new LakeStorage(this, 'Lake', {
      environment: name,
      removalPolicy,
      accessLogRetention,
      resultRetention,
      eventBridge,
      ...(rawLock === undefined ? {} : { rawLock }),
      ...(replicationRegion === undefined ? {} : { replicationRegion }),
    });
    lake.export();
    const alarmTopic = new AlarmTopic(this, 'Alarms', {
      environment: name,
      emails: environment.alarms?.emails ?? [],
      admitsBudgets: environment.monthlyBudget !== undefined,
      removalPolicy,
    });
    alarmTopic.export();
    if (environment.alarms !== undefined && lake.copied.length > 0)
      new ReplicationAlarms(this, 'ReplicationAlarms', {
        environment: name,
        owner: environment.costCentre,
        copied: lake.copied,
        topic: alarmTopic.topic,
        runbookUrl: environment.runbookUrl,
      });
    if (environment.audit !== undefined) {
      const { lock, lockedFor, retention, managementEvents } = environment.audit;
      const auditorAssumedBy = trustedBy(environment, { actor: 'auditor' });
      const { auditor } = new AuditTrail(this, 'Audit', {
        environment: name,
        buckets: [lake.raw, lake.clean, lake.quarantine, lake.curated, lake.mart, lake.results].map(({ bucket }) => bucket),
        copies: lake.copied.map(({ copy }, index) => Bucket.fromBucketName(this, `Copy${index}`, copy)),
        managementEvents,
        lock: LOCKS[lock](lockedFor),
        retention,
        accessLogs: lake.accessLogs,
        ...(auditorAssumedBy === undefined ? {} : { auditorAssumedBy }),
        removalPolicy,
      });
      new CfnOutput(this, outputKey.auditorRole, { value: auditor.roleArn });
    }
    if (environment.network !== undefined) {
      const { cidr, zones } = environment.network;
      new LakeNetwork(this, 'Network', {
        environment: name,
        cidr,
        zones: typeof zones === 'number' ? Zones.first(zones) : Zones.named(zones),
        logKey: lake.logKey,
        flowLogRetention: environment.logRetention,
        removalPolicy,
      }).export();
    }
  }
}
