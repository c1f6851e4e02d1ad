import { ServiceError, type Caller } from '../service.ts';
import { checkSchema } from './convert-batch.ts';
import { DeliveryLog } from './delivery-log.ts';
import { Encryption } from './encryption.ts';
import { Gauge } from './gauge.ts';
import { KinesisSource } from './kinesis-source.ts';
import { parseSettings } from './parse-settings.ts';
import type { DeliveryParts } from './parts.ts';
import { Pipeline } from './pipeline.ts';
import { PutQuota } from './put-quota.ts';
import type { Incoming } from './records.ts';
import type { DeliverySettings } from './settings.ts';

/** How long Firehose itself keeps a record that was put to it. @see https://docs.aws.amazon.com/firehose/latest/dev/retry.html */
const DIRECT_PUT_PATIENCE = 24 * 3_600_000;

/** The properties of an `AWS::KinesisFirehose::DeliveryStream`. */
export type DeliveryProperties = Readonly<Record<string, unknown>>;

/** A delivery stream's state that calls change. */
export interface DeliveryState {
  readonly version: number;
  readonly properties: DeliveryProperties;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
  readonly updated: number | undefined;
}

/** One delivery stream at work. */
export class Delivery {
  readonly quota: PutQuota;
  readonly encryption: Encryption;
  readonly tags: Map<string, string>;
  private readonly source: KinesisSource | undefined;
  private readonly log: DeliveryLog;
  private readonly gauge: Gauge;
  private current: { readonly settings: DeliverySettings; readonly pipeline: Pipeline };
  private now: DeliveryState;
  /** Pipelines of earlier versions that still hold what S3 refuses. */
  private replaced: readonly Pipeline[] = [];
  private lostCount = 0;
  private takenIn = 0;

  /** @throws ServiceError when a role, the source stream or the table of the schema does not exist, or a role does not trust Firehose or may not read the table */
  constructor(
    readonly name: string,
    readonly arn: string,
    /** As its template has them. */
    readonly declared: DeliveryProperties,
    private readonly parts: DeliveryParts,
  ) {
    this.log = new DeliveryLog({
      ...parts,
      deliveryStreamArn: arn,
      caller: () => parts.assume(this.settings.target.roleArn),
      version: () => this.now.version,
    });
    this.gauge = new Gauge({
      clock: parts.clock,
      measure: parts.measure,
      oldest: () => Math.min(...this.pipelines.map(({ oldest }) => oldest)),
    });
    this.now = { version: 1, properties: declared, created: parts.clock.now(), updated: undefined };
    const settings = parseSettings(name, arn, declared);
    this.checkRoles(settings);
    this.current = { settings, pipeline: this.pipelineOf(settings) };
    this.quota = new PutQuota(parts.region);
    this.encryption = new Encryption(settings.encryption);
    this.tags = new Map(settings.tags);
    if (settings.source !== undefined) this.source = this.openSource(settings.source);
  }

  get settings(): DeliverySettings {
    return this.current.settings;
  }

  get state(): DeliveryState {
    return this.now;
  }

  /** Pipelines that hold records, the current one last. */
  get pipelines(): readonly Pipeline[] {
    return [...this.replaced, this.current.pipeline];
  }

  /** Records not yet in S3: those in the stream, those on their way, and payloads that wait for the backup. */
  get undelivered(): number {
    return (this.source?.pending ?? 0) + this.onTheWay;
  }

  /** Records that have reached S3, or were dropped by the function; counted from an arbitrary start, so that only a difference tells. */
  get delivered(): number {
    return this.takenIn - this.onTheWay - this.lostCount;
  }

  private get onTheWay(): number {
    return this.pipelines.reduce((sum, { undelivered }) => sum + undelivered, 0);
  }

  /** Records whose time ran out before S3 took them. */
  get lost(): number {
    return this.lostCount;
  }

  /** Whether a refused object waits to be tried again. */
  get blocked(): boolean {
    return this.pipelines.some(({ blocked }) => blocked);
  }

  /** Where the reading of the source stands, by shard. */
  get checkpoints(): Readonly<Record<string, number>> | undefined {
    return this.source?.checkpoints;
  }

  /** Takes values of the delivery stream's metrics. */
  measure(values: Readonly<Record<string, number>>): void {
    this.parts.measure(values);
  }

  /** Takes records in: each is in a buffer when this returns. */
  accept(records: readonly Incoming[]): Promise<void> {
    this.takenIn += records.length;
    this.gauge.watch();
    return this.current.pipeline.accept(records);
  }

  /**
   * Goes over to a new configuration; what the buffers hold still goes out under the old one.
   *
   * @throws ServiceError InvalidArgumentException for what AWS refuses, as at the creation
   */
  async update(properties: DeliveryProperties): Promise<void> {
    const settings = parseSettings(this.name, this.arn, properties);
    this.checkRoles(settings);
    const before = this.current.pipeline;
    this.now = { ...this.now, version: this.now.version + 1, properties, updated: this.parts.clock.now() };
    this.current = { settings, pipeline: this.pipelineOf(settings) };
    this.replaced = [...this.replaced.filter(({ undelivered }) => undelivered > 0), before];
    await before.flush();
    await before.flush(); // what the function answered has filled the next buffers
  }

  /** Goes on from where an earlier process was: no role is asked for, as a delivery stream that stands outlives its roles. */
  resume(state: DeliveryState, checkpoints: Readonly<Record<string, number>> | undefined): void {
    const settings = parseSettings(this.name, this.arn, state.properties);
    this.now = state;
    this.current = { settings, pipeline: this.pipelineOf(settings) };
    if (checkpoints !== undefined) this.source?.resume(checkpoints);
    this.gauge.watch();
  }

  private pipelineOf(settings: DeliverySettings): Pipeline {
    const { kinesis } = this.parts;
    const { source } = settings;
    return new Pipeline({
      settings,
      version: this.now.version,
      parts: this.parts,
      log: this.log,
      patience: () => (source === undefined ? DIRECT_PUT_PATIENCE : kinesis.stream(source.streamArn).retention),
      onLost: (records) => {
        this.lostCount += records;
      },
    });
  }

  private openSource({ streamArn, roleArn }: { readonly streamArn: string; readonly roleArn: string }): KinesisSource {
    const { clock, work, kinesis, assume } = this.parts;
    return new KinesisSource({
      clock,
      work,
      kinesis,
      streamArn,
      caller: () => assume(roleArn),
      accept: (records) => this.accept(records),
      measure: this.parts.measure,
      blocked: () => this.blocked,
      refused: (error) => {
        this.log.error(this.settings.target.log, streamArn, `Kinesis.${error.code}`, error.message);
      },
    });
  }

  /** Firehose looks at its roles, and at the table of a schema, before it answers. */
  private checkRoles(settings: DeliverySettings): void {
    const { target, source, backup, conversion } = settings;
    for (const role of [target.roleArn, source?.roleArn, backup?.roleArn, conversion?.roleArn]) {
      if (role !== undefined) this.assumed(role);
    }
    if (conversion !== undefined) checkSchema(conversion, this.parts);
  }

  /** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/firehose/delivery_stream.go for AWS's words */
  private assumed(roleArn: string): Caller {
    try {
      return this.parts.assume(roleArn);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new ServiceError(
        'InvalidArgumentException',
        `Firehose is unable to assume role ${roleArn}. Please check the role provided. (${error.message})`,
      );
    }
  }
}
