import { table } from '../table.ts';
import type { FaultView } from './control-client.ts';

/** What a person reads of the faults that were asked for: how often each rule was met, and how often it struck. */
export const formatFaults = (faults: readonly FaultView[]): string =>
  table(
    ['line', 'at', 'fault', 'where', 'occasions', 'faults', ''],
    faults.map(({ line, at, fault, where, met, taken }) => [
      line === undefined ? '' : String(line),
      at,
      fault,
      where ?? '',
      String(met),
      String(taken),
      met === 0 ? 'never met' : '',
    ]),
  );
