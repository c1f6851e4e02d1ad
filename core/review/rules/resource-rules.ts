import type { Danger, DangerCode } from '../danger.ts';
import type { Properties } from '../template.ts';
import type { Judge } from './judge.ts';

/** What is known of a resource type. A property without a judge has an unknown effect. */
export interface ResourceRules {
  /** What it holds that nobody can make anew; absent where it holds nothing. */
  readonly holds?: string;
  /** What becomes dangerous when one that holds nothing is removed. */
  readonly removal?: { readonly code: DangerCode; readonly does: string };
  /** What is dangerous about a new one. */
  readonly addition?: (properties: Properties) => readonly Danger[];
  readonly properties: Readonly<Record<string, Judge>>;
}

/** Rules by the names of the types. */
export type RulesByType = Readonly<Record<string, ResourceRules>>;
