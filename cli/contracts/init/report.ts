import path from 'node:path';
import type { FieldGuess } from '../../../core/contract/infer/guess-fields.ts';
import { personalWithin, protectionOf, type LeftOut } from '../../../core/contract/infer/protect-field.ts';
import { grouped, onOneLine, percent } from '../../../core/contract/infer/words.ts';
import type { Initialized, InitializedDataset } from './init-contract.ts';

/** What was written, for programs: one line. */
export const toJson = ({ file, datasets, confirm }: Initialized): string =>
  JSON.stringify({
    file,
    datasets: datasets.map(({ inferred, read, copies, more, verdict, untried }) => ({
      dataset: inferred.dataset,
      events: {
        read,
        copies,
        more,
        ...(verdict === undefined ? {} : { accepted: verdict.accepted, refused: verdict.refused }),
        ...(untried === undefined ? {} : { untried }),
      },
      columns: inferred.columns.map((column) => ({
        name: column.name,
        type: typeOf(column),
        ...(column.personal === undefined ? {} : { guess: column.personal.kind }),
        ...protectionAsJson(column),
      })),
      leftOut: inferred.leftOut,
      key: inferred.key,
      repeats: inferred.repeats,
      eventTime: inferred.eventTime,
    })),
    confirm,
  });

function protectionAsJson(column: FieldGuess): object {
  const [protection, within] = [protectionOf(column), personalWithin(column)];
  return { ...(protection === undefined ? {} : { protection }), ...(within.length === 0 ? {} : { personalWithin: within }) };
}

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

function describe({ inferred, read, copies, more, verdict, untried }: InitializedDataset): string[] {
  const { columns, key, repeats, eventTime, leftOut } = inferred;
  const personal = columns.flatMap(personalColumn);
  const differ = read - copies;
  return [
    `${inferred.dataset}: ${columns.length} columns from ${more ? 'the first' : 'all'} ${grouped(read)} events`,
    `  identity ${key.join(' + ')}, event time ${eventTime}`,
    ...(repeats === 0
      ? []
      : [
          `  LOSS: ${grouped(repeats)} of ${grouped(differ)} events (${percent(repeats, differ)}) differ and have an earlier one's identity: of such, readers see one a day`,
        ]),
    ...(personal.length === 0 ? [] : [`  perhaps personal: ${personal.join(', ')}`]),
    ...(leftOut.length === 0 ? [] : [`  left out: ${byReason(leftOut)}`]),
    ...(verdict === undefined
      ? []
      : [
          `  the platform would accept ${grouped(verdict.accepted)} of ${grouped(verdict.events)} of them${refusals(verdict.refused)}`,
        ]),
    ...(untried === undefined ? [] : [`  not tried on the sample: ${WHY_UNTRIED[untried]}`]),
  ];
}

const WHY_UNTRIED: Readonly<Record<NonNullable<InitializedDataset['untried']>, string>> = {
  csv: 'it is CSV, and events are sent as JSON, in which numbers are no texts',
  parquet: 'it is Parquet, and events are sent as JSON',
  renamed: 'it has the names from before the renaming',
};

/** `email (mask)`, or `account (all of it dropped, for account.email)`. */
function personalColumn(column: FieldGuess): string[] {
  const within = personalWithin(column);
  if (column.personal === undefined && within.length === 0) return [];
  if (column.personal === undefined) return [`${column.name} (all of it dropped, for ${within.map(onOneLine).join(', ')})`];
  return [`${column.name} (${protectionOf(column) ?? 'stored as it is'})`];
}

/** Names that are left out, together where it is for the same reason. */
function byReason(leftOut: readonly LeftOut[]): string {
  const names = new Map<string, string[]>();
  for (const { name, because } of leftOut) names.set(because, [...(names.get(because) ?? []), onOneLine(name)]);
  return [...names].map(([because, left]) => `${left.join(', ')} (${because})`).join('; ');
}

const refusals = (refused: Readonly<Record<string, number>>): string => {
  const reasons = Object.entries(refused).map(([reason, count]) => `${grouped(count)} ${reason}`);
  return reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
};

const typeOf = ({ part, items }: FieldGuess): string => {
  if (part.physicalType !== undefined) return part.physicalType;
  return items === undefined ? part.logicalType : `array<${typeOf(items)}>`;
};
