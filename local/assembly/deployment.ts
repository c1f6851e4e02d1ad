import type { Services, Shared } from './resource-type.ts';

/** What the stacks of a deployment share. */
export interface Deployment {
  readonly services: Services;
  /** Values of exports, by name. */
  readonly exports: Map<string, string>;
  readonly shared: Shared;
  /** Resources that are there, by type and Ref, of types that have names of their own. */
  readonly named: Set<string>;
  /** How many resources were recorded and not built, by type. */
  readonly recorded: Map<string, number>;
  /** What helps where a parameter is lacking that a stack asks for. */
  readonly help: (name: string, asking: string) => string;
}
