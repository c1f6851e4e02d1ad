import type { Part } from './statements/parts.ts';
import type { NamedStatement } from './statements/statement-names.ts';

/** A statement that no scenario meets, or a part of statements that none needs, and why it stands nevertheless. */
export interface Unmet {
  /** Its kind, or what it says wherever it stands: `AlarmsKey Alarms`, `AdministerWithoutUse`. */
  readonly statement: string;
  /** What the action, the resource or the value that none needs ends with. @default - the statement as a whole */
  readonly part?: string;
  /** Environments in which none does. @default - every one */
  readonly environments?: readonly string[];
  readonly reason: string;
}

/** More than this is not a list of exceptions, but a habit. */
export const MOST_UNMET = 6;

/** At most six. One that a scenario meets after all fails the claim. */
export const UNMET: readonly Unmet[] = [
  {
    statement: 'Alarms Alarms',
    environments: ['dev'],
    reason: 'the environment makes no alarm of its own; its topic stands ready for those that a team makes',
  },
  {
    statement: 'AlarmsKey Alarms',
    environments: ['dev'],
    reason: 'the environment makes no alarm of its own; its topic stands ready for those that a team makes',
  },
];

/** Whether an entry speaks of a statement, or of a part of it, in an environment. */
export const isListed = (
  { statement, part, environments }: Unmet,
  of: Pick<NamedStatement, 'kind' | 'said'>,
  found: Pick<Part, 'name'> | undefined,
  environment: string,
): boolean =>
  (statement === of.kind || statement === of.said) &&
  (part === undefined ? found === undefined : found?.name.endsWith(part) === true) &&
  (environments?.includes(environment) ?? true);
