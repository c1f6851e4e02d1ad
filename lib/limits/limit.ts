import type { JudgedResource, JudgedStack } from './judged-stack.ts';

/** What AWS takes at most, whoever asks. */
export interface Limit {
  /** What is limited, with its unit. */
  readonly what: string;
  readonly most: number;
  /** What to do about more. */
  readonly remedy: string;
  /** The page that says so. */
  readonly see: string;
}

/** A limit of a whole stack. */
export interface StackLimit extends Limit {
  readonly measure: (stack: JudgedStack) => number;
}

/** A limit of each resource of a type. */
export interface ResourceLimit extends Limit {
  /** @default - every type */
  readonly type?: string;
  readonly measure: (properties: Readonly<Record<string, unknown>>, stack: JudgedStack, id: string) => number;
}

/** What an account has of a kind of resource unless it asks for more. */
export interface Quota {
  readonly what: string;
  /** Whether each region has its own. */
  readonly regional: boolean;
  readonly byDefault: number;
  /** What AWS gives at most. @default - no bound is published */
  readonly most?: number;
  readonly count: (resource: JudgedResource) => number;
  readonly see: string;
}

/** What one service takes. */
export interface ServiceLimits {
  readonly resources: readonly ResourceLimit[];
  readonly quotas: readonly Quota[];
}

/** Counts resources of a type. */
export const ofType =
  (type: string): Quota['count'] =>
  (resource) =>
    resource.Type === type ? 1 : 0;
