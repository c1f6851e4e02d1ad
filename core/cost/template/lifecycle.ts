import * as z from 'zod';
import type { StorageClass } from '../../storage/retention-classes.ts';
import { readProperties, type Declared } from './resource-set.ts';

const CLASSES = ['STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE', 'INTELLIGENT_TIERING'] as const;
export type TemplateClass = StorageClass | 'INTELLIGENT_TIERING';

const rule = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: z.number().optional(),
  Transitions: z.array(z.strictObject({ StorageClass: z.enum(CLASSES), TransitionInDays: z.number() })).default([]),
  NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: z.number() }).optional(),
  AbortIncompleteMultipartUpload: z.unknown().optional(),
  ExpiredObjectDeleteMarker: z.unknown().optional(),
});
const shape = z.looseObject({
  VersioningConfiguration: z.looseObject({ Status: z.string() }).optional(),
  LifecycleConfiguration: z.looseObject({ Rules: z.array(rule) }).optional(),
});

/** The life of an object under a prefix. */
export interface Life {
  readonly transitions: readonly { readonly afterDays: number; readonly storageClass: TemplateClass }[];
  /** Days after which nothing is left of it, a noncurrent version included; Infinity where no rule ends it. */
  readonly goneAfterDays: number;
}

/**
 * What a bucket's rules do to objects.
 *
 * @param prefix Undefined where only the delivery knows it: then the longest life that a rule of the bucket gives
 * @throws PriceError `UnreadableProperty` for rules by tags, sizes or dates
 */
export function lifeUnder(bucket: Declared, prefix: string | undefined): Life {
  const { VersioningConfiguration, LifecycleConfiguration } = readProperties(bucket, shape);
  const enabled = (LifecycleConfiguration?.Rules ?? []).filter(({ Status }) => Status === 'Enabled');
  const versioned = VersioningConfiguration?.Status === 'Enabled';
  const prefixes = prefix === undefined ? enabled.map(({ Prefix }) => Prefix) : [prefix];
  const lives = prefixes.map((one) =>
    lifeBy(
      enabled.filter(({ Prefix }) => one.startsWith(Prefix)),
      versioned,
    ),
  );
  const ending = lives.filter(({ goneAfterDays }) => goneAfterDays < Infinity);
  return (ending.length === 0 ? lives : ending).reduce(longer, lifeBy([], versioned));
}

type Rule = z.infer<typeof rule>;

function lifeBy(matching: readonly Rule[], versioned: boolean): Life {
  const expires = Math.min(...matching.map(({ ExpirationInDays = Infinity }) => ExpirationInDays));
  const lingers = Math.min(...matching.map((one) => one.NoncurrentVersionExpiration?.NoncurrentDays ?? Infinity));
  return {
    transitions: matching
      .flatMap(({ Transitions }) => Transitions)
      .map(({ StorageClass, TransitionInDays }) => ({ storageClass: StorageClass, afterDays: TransitionInDays }))
      .filter(({ afterDays }) => afterDays < expires)
      .sort((a, b) => a.afterDays - b.afterDays),
    goneAfterDays: expires + (versioned ? lingers : 0),
  };
}

/** Of two lives the longer; one that ends before one that never does. */
const longer = (a: Life, b: Life): Life =>
  a.goneAfterDays === Infinity || (b.goneAfterDays < Infinity && b.goneAfterDays > a.goneAfterDays) ? b : a;
