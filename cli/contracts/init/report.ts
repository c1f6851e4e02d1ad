import path from 'node:path';
import { grouped } from '../../../core/contract/infer/words.ts';
import type { FieldGuess } from '../../../core/contract/infer/guess-fields.ts';
import type { Initialized, InitializedDataset } from './init-contract.ts';

/** What was written, for programs: one line. */
export const toJson = ({ file, datasets, confirm }: Initialized): string =>
  JSON.stringify({
    file,
    datasets: datasets.map(({ inferred, read, copies, more, verdict }) => ({
      dataset: inferred.dataset,
      events: { read, copies, more, ...(verdict === undefined ? {} : { accepted: verdict.accepted, refused: verdict.refused }) },
      columns: inferred.columns.map((column) => ({
        name: column.name,
        type: typeOf(column),
        ...(column.personal === undefined ? {} : { guess: column.personal.kind }),
      })),
      key: inferred.key,
      eventTime: inferred.eventTime,
    })),
    confirm,
  });

/** The same for people, with what to do next. */
export function formatInitialized({ file, datasets, confirm }: Initialized): string {
  const shown = file === undefined ? undefined : path.relative(process.cwd(), file);
  return [
    ...(shown === undefined ? [] : [`Wrote ${shown}`]),
    ...datasets.flatMap(describe),
    `${grouped(confirm.length)} guesses to confirm: each is marked 'confirm' in the contract.`,
    ...(shown === undefined ? [] : ["Next: settle them, run 'headwaters contracts check', then 'headwaters demo'."]),
  ].join('\n');
}

function describe({ inferred, read, more, verdict }: InitializedDataset): string[] {
  const personal = inferred.columns.filter((column) => column.personal !== undefined).map(({ name }) => name);
  return [
    `${inferred.dataset}: ${inferred.columns.length} columns from ${more ? 'the first' : 'all'} ${grouped(read)} events`,
    `  identity ${inferred.key.join(' + ')}, event time ${inferred.eventTime}`,
    ...(personal.length === 0 ? [] : [`  perhaps personal: ${personal.join(', ')}`]),
    ...(verdict === undefined
      ? []
      : [
          `  the platform would accept ${grouped(verdict.accepted)} of ${grouped(verdict.events)} of them${refusals(verdict.refused)}`,
        ]),
  ];
}

const refusals = (refused: Readonly<Record<string, number>>): string => {
  const reasons = Object.entries(refused).map(([reason, count]) => `${grouped(count)} ${reason}`);
  return reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
};

const typeOf = ({ part, items }: FieldGuess): string => {
  if (part.physicalType !== undefined) return part.physicalType;
  return items === undefined ? part.logicalType : `array<${typeOf(items)}>`;
};
