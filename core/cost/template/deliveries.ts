import * as z from 'zod';
import type { Buffer } from '../meters/firehose.ts';
import { trafficOfDeliveries, type Carried, type Carrier } from './delivery-traffic.ts';
import { PriceError } from './price-error.ts';
import { pathOf, readProperties, type Declared, type ResourceSet } from './resource-set.ts';
import type { Situation } from './situation.ts';
import type { Stream } from './streams.ts';

const MIB = 1024 * 1024;

const hints = z
  .looseObject({ SizeInMBs: z.number().default(5), IntervalInSeconds: z.number().default(300) })
  .default({ SizeInMBs: 5, IntervalInSeconds: 300 });
const compression = z.enum(['UNCOMPRESSED', 'GZIP']).default('UNCOMPRESSED');
const target = {
  BucketARN: z.unknown().optional(),
  BufferingHints: hints,
  CompressionFormat: compression,
  Prefix: z.string().default(''),
};
const enabled = z.looseObject({ Enabled: z.boolean().default(true) }).optional();
const processing = z
  .looseObject({
    Enabled: z.boolean().default(true),
    Processors: z
      .array(
        z.looseObject({
          Type: z.string(),
          Parameters: z.array(z.looseObject({ ParameterName: z.string(), ParameterValue: z.unknown().optional() })).default([]),
        }),
      )
      .default([]),
  })
  .optional();
const shape = z.looseObject({
  KinesisStreamSourceConfiguration: z.looseObject({ KinesisStreamARN: z.unknown().optional() }).optional(),
  ExtendedS3DestinationConfiguration: z
    .looseObject({
      ...target,
      S3BackupMode: z.string().default('Disabled'),
      S3BackupConfiguration: z.looseObject(target).optional(),
      DataFormatConversionConfiguration: enabled,
      DynamicPartitioningConfiguration: enabled,
      ProcessingConfiguration: processing,
    })
    .optional(),
  AmazonopensearchserviceDestinationConfiguration: z
    .looseObject({ VpcConfiguration: z.looseObject({ SubnetIds: z.array(z.unknown()) }).optional() })
    .optional(),
});

/** Firehose's own batch for a function. @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html */
const BATCH: Buffer = { bytes: MIB, seconds: 60 };

/** A bucket to which a delivery writes, and how. */
export interface Target {
  readonly bucket: Declared;
  /** Undefined where only the delivery knows it. */
  readonly prefix: string | undefined;
  readonly buffer: Buffer;
  /** Bytes that come in for each that is written. */
  readonly ratio: number;
}

/** A Firehose stream with what it carries. */
export interface Delivery extends Carrier, Carried {
  readonly partitions: boolean;
  /** Whether JQ reads the partition keys. */
  readonly extracts: boolean;
  readonly objects: Target | undefined;
  readonly backup: Target | undefined;
  /** Zones of a network into which it delivers. */
  readonly zones: number;
}

/** @throws {@link PriceError} `UnpricedProperty` for destinations that nobody here prices */
export function deliveriesOf(situation: Situation, streams: readonly Stream[]): readonly Delivery[] {
  const { resources } = situation;
  const read = resources.ofType('AWS::KinesisFirehose::DeliveryStream').map((resource) => {
    const properties = readProperties(resource, shape);
    const arn = properties.KinesisStreamSourceConfiguration?.KinesisStreamARN;
    const source =
      arn === undefined
        ? undefined
        : streams.find((one) => one.resource === resources.require(resource, 'KinesisStreamARN', arn));
    const s3 = properties.ExtendedS3DestinationConfiguration;
    const converts = s3?.DataFormatConversionConfiguration?.Enabled === true;
    const processors = s3?.ProcessingConfiguration?.Enabled === true ? s3.ProcessingConfiguration.Processors : [];
    return { resource, properties, source, converts, processors, transform: transformOf(resource, processors, situation) };
  });
  const carried = trafficOfDeliveries(read, situation);
  return read.map((one) => deliveryOf(one, carried(one), resources));
}

/** A delivery as its template has it. */
interface Read extends Carrier {
  readonly properties: z.infer<typeof shape>;
  readonly processors: Processors;
}

function deliveryOf(
  { resource, properties, source, converts, processors, transform }: Read,
  carried: Carried,
  resources: ResourceSet,
): Delivery {
  const { ExtendedS3DestinationConfiguration: s3, AmazonopensearchserviceDestinationConfiguration: search } = properties;
  if (s3 === undefined && search === undefined)
    throw new PriceError('UnpricedProperty', [
      `${pathOf(resource)} must deliver to S3 or OpenSearch to be priced, got another destination; leave it out, or add its price to core/cost`,
    ]);
  const { traffic } = carried;
  const into = (to: z.infer<z.ZodObject<typeof target>>, converted: boolean): Target => ({
    bucket: resources.require(resource, 'BucketARN', to.BucketARN),
    prefix: literalStart(to.Prefix),
    buffer: { bytes: to.BufferingHints.SizeInMBs * MIB, seconds: to.BufferingHints.IntervalInSeconds },
    ratio: converted ? traffic.parquetRatio : to.CompressionFormat === 'GZIP' ? traffic.gzipRatio : 1,
  });
  return {
    resource,
    source,
    ...carried,
    converts,
    partitions: s3?.DynamicPartitioningConfiguration?.Enabled === true,
    extracts: processors.some(({ Type }) => Type === 'MetadataExtraction'),
    objects: s3 === undefined ? undefined : into(s3, converts),
    backup:
      s3?.S3BackupMode === 'Enabled' && s3.S3BackupConfiguration !== undefined
        ? into(s3.S3BackupConfiguration, false)
        : undefined,
    transform,
    zones: search?.VpcConfiguration?.SubnetIds.length ?? 0,
  };
}

/** What comes before an expression; nothing but a literal start tells which rule holds. */
const literalStart = (prefix: string): string | undefined => {
  const [start = ''] = prefix.split('!{');
  return start === '' && prefix !== '' ? undefined : start;
};

type Processors = NonNullable<z.infer<typeof processing>>['Processors'];

function transformOf(resource: Declared, processors: Processors, { resources }: Situation): Carrier['transform'] {
  const parameters = processors.find(({ Type }) => Type === 'Lambda')?.Parameters;
  if (parameters === undefined) return undefined;
  const parameter = (name: string) => parameters.find(({ ParameterName }) => ParameterName === name)?.ParameterValue;
  const number = (name: string) => (parameter(name) === undefined ? undefined : Number(parameter(name)));
  const named = resources.require(resource, 'LambdaArn', parameter('LambdaArn'));
  const called =
    named.type === 'AWS::Lambda::Function' ? named : resources.require(named, 'FunctionName', named.properties.FunctionName);
  const mebibytes = number('BufferSizeInMBs');
  return {
    called,
    batch: {
      bytes: mebibytes === undefined ? BATCH.bytes : mebibytes * MIB,
      seconds: number('BufferIntervalInSeconds') ?? BATCH.seconds,
    },
  };
}
