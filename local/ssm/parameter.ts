import * as z from 'zod';

export const PARAMETER_TYPES = ['String', 'StringList', 'SecureString'] as const;

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export const TIERS = ['Standard', 'Advanced'] as const;

export type Tier = (typeof TIERS)[number];

const version = z.object({
  version: z.number(),
  type: z.enum(PARAMETER_TYPES),
  value: z.string(),
  tier: z.enum(TIERS),
  description: z.string().optional(),
  allowedPattern: z.string().optional(),
  /** As the request named the key; of a SecureString alone. */
  keyId: z.string().optional(),
  /** Milliseconds since the epoch, simulated. */
  modified: z.number(),
  /** ARN of whoever put it. */
  modifiedBy: z.string(),
});

const parameter = z.object({
  /** As it was created, with a leading slash or without. */
  name: z.string(),
  tags: z.record(z.string(), z.string()),
  /** From the oldest that is kept to the latest. */
  versions: z.array(version).min(1),
});

/** What a template has made: it stays its own until the template no longer has it. */
const declaration = z.object({
  name: z.string(),
  stack: z.string(),
  /** The stack of the app that this one is nested in, however deep; absent where it is one itself. */
  root: z.string().optional(),
  logicalId: z.string(),
  /** What the template said of it. */
  properties: z.string(),
  retention: z.object({ whenRemoved: z.boolean(), whenReplaced: z.boolean() }),
});

/** What outlives a run. */
export const savedParameters = z.object({
  version: z.literal(1),
  parameters: z.array(parameter),
  declarations: z.array(declaration),
});

export type ParameterVersion = Readonly<z.infer<typeof version>>;
export type Declaration = Readonly<z.infer<typeof declaration>>;

/** A parameter with the versions that are kept of it. */
export interface Parameter {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly versions: readonly ParameterVersion[];
}

/** What a request asks a version to be; its number and its time are the store's. */
export type NewVersion = Omit<ParameterVersion, 'version' | 'modified' | 'modifiedBy'>;

/** The version that counts where none is named. */
export function latestOf({ versions }: Parameter): ParameterVersion {
  const latest = versions.at(-1);
  if (latest === undefined) throw new RangeError('a parameter has a version');
  return latest;
}
