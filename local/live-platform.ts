import type { AlarmState } from './cloudwatch/alarm-state.ts';
import type { Deployed } from './assembly/deploy.ts';
import type { Services } from './assembly/resource-type.ts';
import type { RequestContext } from '../core/aws/iam/index.ts';
import type { CountedFaults, FaultCount } from './faults/faults.ts';
import { takeInventory, type Inventory } from './inventory.ts';

/** How far a delivery stream has come, or an event source mapping, which goes by the name of its function. */
export interface DeliveryProgress {
  readonly name: string;
  /** Name of the stream or the queue that it reads; absent where records are put to it. */
  readonly source?: string;
  /** Records that were accepted and are not in S3 yet; of an enabled mapping those that its function has not processed. */
  readonly undelivered: number;
  /** Records whose time ran out. */
  readonly lost: number;
  /** Whether something was refused and waits to be tried again. */
  readonly blocked: boolean;
}

/** How an alarm stands. */
export interface AlarmStatus {
  readonly name: string;
  readonly state: AlarmState;
  readonly reason: string;
  /** Milliseconds since the epoch, simulated: since when. */
  readonly since: number;
  /** What of it is not simulated, or is measured by nobody here; absent where all is. */
  readonly lacks?: string;
}

/** What a platform tells of itself. */
export interface Platform {
  /** Outputs by stack, as `cdk deploy --outputs-file` writes them. */
  readonly outputs: Deployed['outputs'];
  /** Records that were accepted and are not in S3 yet, in streams, buffers, or refused and waiting; and those that functions have yet to process for event source mappings. */
  undelivered(): number;
  /** Records that S3 has taken, counted from an arbitrary start: only a difference tells. */
  delivered(): number;
  /** Records whose retention ended before they could be delivered: AWS loses them too. */
  lost(): number;
  /** What went wrong on purpose, by rule; absent where nothing is meant to. */
  readonly faults?: () => readonly FaultCount[];
  /** Every delivery stream and every event source mapping, by name. */
  deliveries(): readonly DeliveryProgress[];
  /** Every alarm, by name. */
  alarms(): readonly AlarmStatus[];
  /** Names of alarms, once for each time that they went off since the start. */
  alarmed(): readonly string[];
  /** Storage classes of the current objects, by `<bucket>/<key>`. */
  objects(): ReadonlyMap<string, string>;
  inventory(): Inventory;
  /** ARNs of the roles that the operator may take and whose policies allow an action. */
  rolesThatMay(action: string, resource: string, context?: RequestContext): readonly string[];
}

/** The platform that a deployment has made. */
export class LivePlatform implements Platform {
  readonly faults?: () => readonly FaultCount[];

  /** None until the deployment has ended. */
  outputs: Deployed['outputs'] = {};

  constructor(
    private readonly services: Services,
    planted?: CountedFaults,
  ) {
    if (planted !== undefined) this.faults = () => planted.counts();
  }

  undelivered(): number {
    const { firehose, mappings } = this.services;
    return sum([...firehose.all().map(({ undelivered }) => undelivered), ...mappings.all().map(({ pending }) => pending)]);
  }

  delivered(): number {
    return sum(this.services.firehose.all().map(({ delivered }) => delivered));
  }

  lost(): number {
    const { firehose, kinesis, mappings } = this.services;
    return sum([...firehose.all(), ...kinesis.all(), ...mappings.all()].map((holder) => holder.lost));
  }

  deliveries(): readonly DeliveryProgress[] {
    const { firehose, mappings } = this.services;
    const ofDeliveries = firehose.all().map(({ settings: { name, source }, undelivered, lost, blocked }) => ({
      name,
      ...(source !== undefined && { source: source.streamArn.slice(source.streamArn.indexOf('/') + 1) }),
      undelivered,
      lost,
      blocked,
    }));
    const ofMappings = mappings.all().map(({ settings: { functionArn }, sourceName, pending, lost, blocked }) => ({
      name: functionArn.split(':').slice(6).join(':'),
      source: sourceName,
      undelivered: pending,
      lost,
      blocked,
    }));
    return [...ofDeliveries, ...ofMappings].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  alarms(): readonly AlarmStatus[] {
    return this.services.cloudwatch.alarms().map(({ settings: { name }, state: { state, reason, time }, lacks }) => ({
      name,
      state,
      reason,
      since: time,
      ...(lacks !== undefined && { lacks }),
    }));
  }

  alarmed(): readonly string[] {
    return this.services.cloudwatch
      .history()
      .filter(({ transition }) => transition.state === 'ALARM')
      .map(({ alarm }) => alarm.settings.name);
  }

  objects(): ReadonlyMap<string, string> {
    const { s3, sessions } = this.services;
    const { caller } = sessions.operator;
    return new Map(
      s3
        .listBuckets(caller)
        .flatMap(({ settings: { name } }) =>
          s3.listObjects(caller, name, '').map(({ key, storageClass }) => [`${name}/${key}`, storageClass] as const),
        ),
    );
  }

  inventory(): Inventory {
    return takeInventory(this.services);
  }

  rolesThatMay(action: string, resource: string, context?: RequestContext): readonly string[] {
    const { sessions } = this.services;
    return sessions
      .rolesFor(sessions.operator.caller)
      .filter((role) => sessions.mayAs(role, action, resource, context))
      .map(({ arn }) => arn);
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
