import type { Danger, DangerCode } from '../danger.ts';
import type { Properties, Resource } from '../../aws/template.ts';
import type { Harmless, Judge } from './judge.ts';

/** What becomes dangerous when one that holds nothing is removed, or why nothing does. */
export type Removal = { readonly code: DangerCode; readonly does: string } | Harmless;

/** What is dangerous about a new one among the resources of its template, or why nothing is. */
export type Addition = ((properties: Properties, resources: ReadonlyMap<string, Resource>) => readonly Danger[]) | Harmless;

interface Known {
  readonly addition: Addition;
  /** A property without a judge has an unknown effect. */
  readonly properties: Readonly<Record<string, Judge>>;
}

interface Stateful extends Known {
  /** What it holds that nobody can make anew: to remove it is to lose that. */
  readonly holds: string;
  readonly removal?: undefined;
}

interface Stateless extends Known {
  readonly holds?: undefined;
  readonly removal: Removal;
}

/** What is known of a resource type: each says what it means that one comes, changes and goes. */
export type ResourceRules = Stateful | Stateless;

/** Rules by the names of the types. */
export type RulesByType = Readonly<Record<string, ResourceRules>>;
