import type { Step } from './strand.ts';

/** Why a state failed, as executions tell it. */
export const inWords = ({ name, entrance }: Step, said: string): string =>
  `An error occurred while executing the state '${name}' (entered at the event id #${entrance.id}). ${said}`;
