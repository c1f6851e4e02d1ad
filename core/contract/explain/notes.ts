import { MOST_SHARDS } from '../../cost/meters/kinesis.ts';
import { LEAST_FRESHNESS_SECONDS, soundSeconds } from '../../cost/platform.ts';
import { DEPLOYED, monthlyVolume } from '../../cost/volume.ts';
import type { Comparison } from '../check-released.ts';
import { PERSONAL, type Column, type ColumnType, type DataContract, type DatasetContract } from '../model.ts';

/** What is lawful in a contract, and should be known to whoever leaves it so. */
export interface Note {
  readonly code: 'PersonalInClear' | 'MigrationNeeded' | 'FreshnessOutOfReach' | 'ShardsBeyondAccount';
  /** As people write it: `orders.lines[].price`. */
  readonly path: string;
  /** What it does, and what to do about it. */
  readonly message: string;
}

/** @param since What has changed since the newest release */
export const notesOf = ({ datasets }: Pick<DataContract, 'datasets'>, since: Comparison): readonly Note[] => [
  ...datasets.flatMap((dataset) => [
    ...personalInClear(dataset),
    ...freshnessOutOfReach(dataset),
    ...shardsBeyondAccount(dataset),
  ]),
  ...migrationNeeded(since),
];

/** A new major version is lawful, and mends nothing that is stored. */
export const migrationNeeded = ({ released, changes }: Comparison): readonly Note[] =>
  changes
    .filter(({ action }) => action.kind === 'migration')
    .map(({ code, path, reason, action }) => ({
      code: 'MigrationNeeded',
      path,
      message: `no longer fits what is stored since ${released?.version ?? 'a release'} (${code}): ${reason}; ${action.text}`,
    }));

function personalInClear({ name, tags, columns }: DatasetContract): readonly Note[] {
  const marked = columns.flatMap((column) => clearPaths(column, name));
  const isMarkedAlone = tags.includes(PERSONAL) && columns.every(({ protection }) => protection === undefined);
  return [...(isMarkedAlone && marked.length === 0 ? [name] : []), ...marked].map((path) => ({
    code: 'PersonalInClear',
    path,
    message: `is marked '${PERSONAL}' and has no protection, so it is stored and shown in clear; add the custom property 'protection' (mask, hash, tokenize or drop) to the column, or leave it so if it is meant`,
  }));
}

/** What is marked and stored as it came; a protected column is so with all that lies within. */
function clearPaths(column: Column, place: string): readonly string[] {
  if (column.protection !== undefined) return [];
  const path = `${place}.${column.name}`;
  return [...(column.tags.includes(PERSONAL) ? [path] : []), ...clearWithin(column.type, path)];
}

function clearWithin(type: ColumnType, path: string): readonly string[] {
  switch (type.kind) {
    case 'array':
      return clearWithin(type.items, `${path}[]`);
    case 'map':
      return clearWithin(type.values, `${path}{}`);
    case 'object':
      return type.fields.flatMap((field) => clearPaths(field, path));
    default:
      return [];
  }
}

/** The alarm on late events goes by what a sound delivery takes: a promise below it is watched by nobody. */
function freshnessOutOfReach({ name, freshnessSeconds }: DatasetContract): readonly Note[] {
  const sound = soundSeconds(freshnessSeconds);
  if (freshnessSeconds >= sound) return [];
  return [
    {
      code: 'FreshnessOutOfReach',
      path: name,
      message: `promises events within ${freshnessSeconds} seconds, and a sound delivery may take ${sound}, before which no alarm goes off; state a latency of ${LEAST_FRESHNESS_SECONDS} seconds or more`,
    },
  ];
}

function shardsBeyondAccount(dataset: DatasetContract): readonly Note[] {
  const { shardsNeeded } = monthlyVolume(dataset, DEPLOYED);
  if (shardsNeeded <= MOST_SHARDS) return [];
  return [
    {
      code: 'ShardsBeyondAccount',
      path: dataset.name,
      message: `expects ${dataset.expectedEventsPerDay} events a day, for which its stream needs ${shardsNeeded} shards: beyond the ${MOST_SHARDS} that AWS lets an account have in every region, a deployment may fail; mend 'expectedEventsPerDay' or 'expectedEventBytes', or have the quota raised`,
    },
  ];
}
