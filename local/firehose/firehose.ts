import { Members } from '../input.ts';
import { ServiceError, type Caller, type JsonService } from '../service.ts';
import { Delivery } from './delivery.ts';
import type { FirehoseParts } from './parts.ts';
import { parseSettings } from './parse-settings.ts';

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
const CALL_RECORDS = 500;
const CALL_BYTES = 4 * 1024 * 1024;
const RECORD_BYTES = 1000 * 1024;

/** Data Firehose: delivery streams to S3, fed by a Kinesis stream or by puts. */
export class Firehose {
  private readonly deliveries = new Map<string, Delivery>();
  private accepted = 0;

  readonly service: JsonService = {
    name: 'firehose',
    targetPrefix: 'Firehose_20150804',
    version: '1.1',
    operations: {
      PutRecord: async (raw, caller) => {
        const input = new Members(raw, invalidArgument);
        const delivery = this.directPut(input, caller, 'firehose:PutRecord');
        const [RecordId] = await this.put(delivery, [input.object('Record')]);
        return { RecordId, Encrypted: false };
      },
      PutRecordBatch: async (raw, caller) => {
        const input = new Members(raw, invalidArgument);
        const delivery = this.directPut(input, caller, 'firehose:PutRecordBatch');
        const ids = await this.put(delivery, input.objects('Records'));
        return { FailedPutCount: 0, Encrypted: false, RequestResponses: ids.map((RecordId) => ({ RecordId })) };
      },
      DescribeDeliveryStream: async (raw, caller) => {
        const { settings } = this.find(new Members(raw, invalidArgument), caller, 'firehose:DescribeDeliveryStream');
        return { DeliveryStreamDescription: describe(settings) };
      },
      ListDeliveryStreams: async (_raw, caller) => {
        this.parts.access.check(caller, 'firehose:ListDeliveryStreams', '*');
        return { DeliveryStreamNames: [...this.deliveries.keys()].sort(), HasMoreDeliveryStreams: false };
      },
    },
  };

  constructor(private readonly parts: FirehoseParts) {}

  /**
   * @param properties The resource's properties, resolved
   * @throws Error naming the property that AWS would refuse; ServiceError for a role or a stream that is not there
   */
  createDeliveryStream(name: string, arn: string, properties: Readonly<Record<string, unknown>>): Delivery {
    const assume = (roleArn: string): Caller => this.parts.assume(roleArn, arn);
    const delivery = new Delivery(parseSettings(name, arn, properties), { ...this.parts, assume });
    this.deliveries.set(name, delivery);
    return delivery;
  }

  all(): readonly Delivery[] {
    return [...this.deliveries.values()];
  }

  private async put(delivery: Delivery, records: readonly Members[]): Promise<string[]> {
    if (records.length === 0 || records.length > CALL_RECORDS) {
      throw invalidArgument(`'Records' must hold 1 to ${CALL_RECORDS} records, got ${records.length}`);
    }
    const payloads = records.map((record) => Buffer.from(record.text('Data'), 'base64'));
    const large = payloads.find(({ length }) => length > RECORD_BYTES);
    if (large !== undefined) throw invalidArgument(`a record takes at most ${RECORD_BYTES} bytes, got ${large.length}`);
    const size = payloads.reduce((sum, { length }) => sum + length, 0);
    if (size > CALL_BYTES) throw invalidArgument(`a call takes at most ${CALL_BYTES} bytes, got ${size}`);
    const arrival = this.parts.clock.now();
    const incoming = payloads.map((data) => ({
      recordId: `${arrival}${String(this.accepted++).padStart(40, '0')}`,
      data,
      arrival,
    }));
    await delivery.accept(incoming);
    return incoming.map(({ recordId }) => recordId);
  }

  private directPut(input: Members, caller: Caller, action: string): Delivery {
    const delivery = this.find(input, caller, action);
    if (delivery.settings.source !== undefined) {
      throw invalidArgument('This operation is not permitted on KinesisStreamAsSource delivery stream type.');
    }
    return delivery;
  }

  private find(input: Members, caller: Caller, action: string): Delivery {
    const name = input.text('DeliveryStreamName');
    const { access, region, accountId } = this.parts;
    access.check(caller, action, `arn:aws:firehose:${region}:${accountId}:deliverystream/${name}`);
    const delivery = this.deliveries.get(name);
    if (delivery === undefined) {
      throw new ServiceError('ResourceNotFoundException', `Firehose ${name} under account ${accountId} not found.`);
    }
    return delivery;
  }
}

function describe({ name, arn, source, target }: Delivery['settings']): object {
  return {
    DeliveryStreamName: name,
    DeliveryStreamARN: arn,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamType: source === undefined ? 'DirectPut' : 'KinesisStreamAsSource',
    VersionId: '1',
    HasMoreDestinations: false,
    ...(source && {
      Source: { KinesisStreamSourceDescription: { KinesisStreamARN: source.streamArn, RoleARN: source.roleArn } },
    }),
    Destinations: [
      {
        DestinationId: 'destinationId-000000000001',
        ExtendedS3DestinationDescription: {
          RoleARN: target.roleArn,
          BucketARN: `arn:aws:s3:::${target.bucket}`,
          BufferingHints: {
            SizeInMBs: target.buffering.bytes / 1024 / 1024,
            IntervalInSeconds: target.buffering.milliseconds / 1000,
          },
          CompressionFormat: target.gzip ? 'GZIP' : 'UNCOMPRESSED',
          EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
        },
      },
    ],
  };
}

function invalidArgument(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message);
}
