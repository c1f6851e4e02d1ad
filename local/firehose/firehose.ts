import { Members } from '../input.ts';
import { ServiceError, type Caller, type JsonService, type Operation } from '../service.ts';
import { Delivery, type DeliveryProperties } from './delivery.ts';
import { describe, list } from './describe.ts';
import { parseEncryption } from './encryption.ts';
import type { FirehoseParts } from './parts.ts';
import { admit, batchAnswer, readPayloads, RecordIds, type Put } from './put.ts';
import { restoreDelivery, saveDelivery } from './saved-delivery.ts';
import { listTags, tag, untag } from './tags.ts';
import { rolesNamed, updatedProperties } from './update-destination.ts';
import { Work } from '../work.ts';

/** Data Firehose: delivery streams to S3, fed by a Kinesis stream or by puts. */
export class Firehose {
  private readonly deliveries = new Map<string, Delivery>();
  private readonly restored = new Set<Delivery>();
  private readonly ids = new RecordIds();
  private readonly work = new Work();

  readonly service: JsonService = {
    name: 'firehose',
    targetPrefix: 'Firehose_20150804',
    version: '1.1',
    operations: {
      PutRecord: this.operation('firehose:PutRecord', async (delivery, input) => {
        input.only(['DeliveryStreamName', 'Record']);
        const { ids } = await this.put(delivery, input, [input.object('Record')], 'firehose:PutRecord');
        return { RecordId: ids[0], Encrypted: this.isEncrypted(delivery) };
      }),
      PutRecordBatch: this.operation('firehose:PutRecordBatch', async (delivery, input) => {
        input.only(['DeliveryStreamName', 'Records']);
        const put = await this.put(delivery, input, input.objects('Records'), 'firehose:PutRecordBatch');
        return { ...batchAnswer(put), Encrypted: this.isEncrypted(delivery) };
      }),
      DescribeDeliveryStream: this.operation('firehose:DescribeDeliveryStream', async (delivery, input) => {
        input.only(['DeliveryStreamName', 'Limit', 'ExclusiveStartDestinationId']);
        return { DeliveryStreamDescription: describe(delivery, this.parts.clock.now()) };
      }),
      ListDeliveryStreams: async (raw, caller) => {
        this.parts.access.check(caller, 'firehose:ListDeliveryStreams', '*');
        return list(this.all(), new Members(raw, invalidArgument));
      },
      UpdateDestination: this.operation('firehose:UpdateDestination', async (delivery, input, caller) => {
        for (const role of rolesNamed(input)) {
          this.parts.access.check(caller, 'iam:PassRole', role, { 'iam:PassedToService': 'firehose.amazonaws.com' });
        }
        const properties = updatedProperties(delivery, input);
        await this.work.run(() => delivery.update(properties));
        return {};
      }),
      StartDeliveryStreamEncryption: this.operation('firehose:StartDeliveryStreamEncryption', async (delivery, input, caller) => {
        input.only(['DeliveryStreamName', 'DeliveryStreamEncryptionConfigurationInput']);
        const key = parseEncryption(input.optionalObject('DeliveryStreamEncryptionConfigurationInput')) ?? {
          type: 'AWS_OWNED_CMK',
        };
        refuseSource(delivery, 'StartDeliveryStreamEncryption');
        if (key.arn !== undefined) this.checkGrant(caller, key.arn);
        delivery.encryption.change(key, this.parts.clock.now());
        return {};
      }),
      StopDeliveryStreamEncryption: this.operation('firehose:StopDeliveryStreamEncryption', async (delivery, input) => {
        input.only(['DeliveryStreamName']);
        refuseSource(delivery, 'StopDeliveryStreamEncryption');
        delivery.encryption.change(undefined, this.parts.clock.now());
        return {};
      }),
      TagDeliveryStream: this.operation('firehose:TagDeliveryStream', async (delivery, input) => tag(delivery, input)),
      UntagDeliveryStream: this.operation('firehose:UntagDeliveryStream', async (delivery, input) => untag(delivery, input)),
      ListTagsForDeliveryStream: this.operation('firehose:ListTagsForDeliveryStream', async (delivery, input) =>
        listTags(delivery, input),
      ),
    },
  };

  constructor(private readonly parts: FirehoseParts) {}

  /**
   * @param properties The resource's properties, resolved
   * @throws ServiceError InvalidArgumentException naming the property that AWS would refuse, or the role or table that is not there
   */
  createDeliveryStream(name: string, arn: string, properties: DeliveryProperties): Delivery {
    const assume = (roleArn: string): Caller => this.parts.assume(roleArn, arn);
    const measure = (values: Readonly<Record<string, number>>): void => {
      this.parts.measure('AWS/Firehose', { DeliveryStreamName: name }, values);
    };
    const delivery = new Delivery(name, arn, properties, { ...this.parts, assume, measure, work: this.work });
    this.deliveries.set(name, delivery);
    return delivery;
  }

  all(): readonly Delivery[] {
    return [...this.deliveries.values()];
  }

  /** Lets no further batch begin, and waits for those under way: what is in a buffer stays there, to be saved. */
  async halt(): Promise<void> {
    await this.work.end();
  }

  /** Writes what is on its way to a folder of its own; after `halt`. */
  save(folder: string): void {
    for (const delivery of this.all()) saveDelivery(delivery, folder);
  }

  /** Takes over what an earlier process saved, for the delivery streams that are there again; after Kinesis has done so. */
  restore(folder: string): void {
    for (const delivery of this.all()) {
      if (this.restored.has(delivery)) continue;
      this.restored.add(delivery);
      restoreDelivery(delivery, folder, this.parts.clock.now());
    }
  }

  private async put(delivery: Delivery, input: Members, records: readonly Members[], operation: string): Promise<Put> {
    if (delivery.settings.source !== undefined) {
      throw invalidArgument('This operation is not permitted on KinesisStreamAsSource delivery stream type.');
    }
    const { clock, faults, keys } = this.parts;
    const put = admit(delivery, readPayloads(input, records), { ids: this.ids, now: clock.now(), faults, operation, keys });
    delivery.measure({
      IncomingRecords: put.accepted.length,
      IncomingBytes: put.accepted.reduce((sum, { data }) => sum + data.length, 0),
    });
    await this.work.run(() => delivery.accept(put.accepted));
    return put;
  }

  private isEncrypted({ encryption }: Delivery): boolean {
    return encryption.status(this.parts.clock.now()) === 'ENABLED';
  }

  /** Firehose makes itself a grant on a customer's key, in the name of whoever asks. @throws ServiceError InvalidKMSResourceException */
  private checkGrant(caller: Caller, keyArn: string): void {
    const context = { 'kms:ViaService': `firehose.${this.parts.region}.amazonaws.com`, 'kms:GrantIsForAWSResource': 'true' };
    try {
      this.parts.access.check(caller, 'kms:CreateGrant', this.parts.keys?.arnOf(keyArn) ?? keyArn, context);
    } catch (error) {
      throw error instanceof ServiceError ? new ServiceError('InvalidKMSResourceException', error.message) : error;
    }
  }

  private operation(action: string, run: (delivery: Delivery, input: Members, caller: Caller) => Promise<object>): Operation {
    return async (raw, caller) => {
      const input = new Members(raw, invalidArgument);
      const stream = input.text('DeliveryStreamName');
      const { access, region, accountId } = this.parts;
      access.check(caller, action, `arn:aws:firehose:${region}:${accountId}:deliverystream/${stream}`);
      const delivery = this.deliveries.get(stream);
      if (delivery === undefined) {
        throw new ServiceError('ResourceNotFoundException', `Firehose ${stream} under account ${accountId} not found.`);
      }
      return run(delivery, input, caller);
    };
  }
}

function refuseSource({ settings }: Delivery, operation: string): void {
  if (settings.source === undefined) return;
  throw invalidArgument(
    `${operation} is not supported for a delivery stream whose source is a Kinesis stream; encrypt the stream.`,
  );
}

function invalidArgument(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message);
}
