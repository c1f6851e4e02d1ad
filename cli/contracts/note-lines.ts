import { notesOf, type Note } from '../../core/contract/explain/notes.ts';
import type { NamedContract } from './named-contracts.ts';

/** A note in one line: `contracts/sales/orders.odcs.yaml: note: PersonalInClear: 'orders.email' is marked …`. */
export const noteLine = (source: string, { code, path, message }: Note): string =>
  `${source}: note: ${code}: '${path}' ${message}`;

/** What is lawful in a contract, and should be known to whoever leaves it so. */
export const noteLines = ({ source, contract, since }: NamedContract): readonly string[] =>
  notesOf(contract, since).map((note) => noteLine(source, note));
