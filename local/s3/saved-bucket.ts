import * as z from 'zod';
import { texts } from '../texts.ts';
import { CHECKSUM_ALGORITHMS } from './checksum.ts';
import { SSE_ALGORITHMS } from './encryption.ts';
import { notificationConfiguration } from './notifications/configuration.ts';
import { RETENTION_MODES } from './object-lock.ts';
import { STORAGE_CLASSES } from './object-version.ts';
import { RESTORE_TIERS } from './restore.ts';

/** What a bucket is made from: the properties of `AWS::S3::Bucket` that have an effect here. */
const settings = z.strictObject({
  name: z.string(),
  arn: z.string(),
  region: z.string(),
  accountId: z.string().optional(),
  sseAlgorithm: z.enum(SSE_ALGORITHMS).optional(),
  kmsKeyArn: z.string().optional(),
  bucketKeyEnabled: z.boolean(),
  blockedEncryptionTypes: z.array(z.string()).readonly().optional(),
  versioned: z.boolean(),
  suspended: z.boolean().optional(),
  lifecycle: z.unknown().optional(),
  configuration: z.record(z.string(), z.unknown()).optional(),
});

const encryption = z.strictObject({
  algorithm: z.enum(['aws:kms', 'aws:kms:dsse']),
  kmsKeyArn: z.string().optional(),
  bucketKey: z.boolean(),
});
const attributes = {
  storageClass: z.enum(STORAGE_CLASSES),
  contentType: z.string(),
  metadata: texts,
  headers: texts.optional(),
  tags: texts.optional(),
  encryption: encryption.optional(),
  retention: z.strictObject({ mode: z.enum(RETENTION_MODES), until: z.number() }).optional(),
  legalHold: z.boolean().optional(),
};
const checksumType = z.enum(['FULL_OBJECT', 'COMPOSITE']);
const algorithm = z.enum(CHECKSUM_ALGORITHMS);
const file = { size: z.number(), etag: z.string(), lastModified: z.number(), file: z.string() };

const version = z.strictObject({
  ...attributes,
  ...file,
  versionId: z.string(),
  deleteMarker: z.boolean(),
  serial: z.number().optional(),
  checksum: z.strictObject({ algorithm, type: checksumType, value: z.string() }).optional(),
  parts: z.array(z.strictObject({ number: z.number(), size: z.number(), checksum: z.string().optional() })).optional(),
  restore: z.strictObject({ tier: z.enum(RESTORE_TIERS), days: z.number(), ready: z.number(), expires: z.number() }).optional(),
});

const upload = z.strictObject({
  uploadId: z.string(),
  key: z.string(),
  initiated: z.number(),
  initiator: z.string(),
  attributes: z.strictObject(attributes),
  algorithm: algorithm.optional(),
  checksumType,
  conflicted: z.boolean(),
  parts: z.array(z.strictObject({ ...file, number: z.number(), checksum: z.string() })),
});

/** The saved form of a bucket's index. */
export const savedBucket = z.strictObject({
  format: z.literal(2),
  settings,
  /** What is told to whom, by the template or by a call since. @default - what the template says, which nobody has checked */
  notifications: notificationConfiguration.optional(),
  created: z.number(),
  serial: z.number(),
  /** Events told so far: absent in what earlier releases saved. */
  told: z.number().optional(),
  objects: z.array(z.tuple([z.string(), z.array(version)])),
  uploads: z.array(upload),
});

/** A bucket's index as it is kept between processes: paths of files are relative to the bucket's folder. */
export type SavedBucket = z.infer<typeof savedBucket>;
