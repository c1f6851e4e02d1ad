import type { Entrance } from './history.ts';
import { StatesError } from './states-error.ts';
import type { Step } from './strand.ts';

/** The failure of a state by one of its own fields: nothing catches it, and no event tells of the state's failure. */
export class FieldFailure extends StatesError {
  constructor(
    reason: string,
    private readonly entrance: Entrance,
  ) {
    super('States.Runtime', reason);
  }

  /** Whether it is the failure of a state itself, and not of one within it. */
  isOf({ entrance }: Step): boolean {
    return this.entrance === entrance;
  }
}
