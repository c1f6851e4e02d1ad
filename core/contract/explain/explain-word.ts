import { foldEveryHours, isCurated, WEEK } from '../../curated/cadence.ts';
import { curatedTableName } from '../../naming.ts';
import { fieldsOf } from '../fields-of.ts';
import { hiveType } from '../glue-columns.ts';
import type { Column, ColumnType, DatasetContract } from '../model.ts';
import { KEY_EFFECTS } from '../odcs/key-effects.ts';
import { didYouMean } from '../../suggest.ts';
import { storedType } from '../stored-type.ts';
import { intakeOf, type Intake } from './intake.ts';
import { STORED } from './meaning.ts';
import { REASON_WORDS } from './reason-words.ts';
import { rulesOfColumn } from './rules-of-column.ts';
import { VALUES } from './vocabulary.ts';

/** What one word means. */
export interface Explanation {
  readonly what: 'column' | 'dataset' | 'key' | 'reason' | 'value';
  readonly name: string;
  readonly says: readonly string[];
  /** Of a dataset: how its events come in. */
  readonly intake?: Intake;
}

/** Everything that a word may mean: a reason of quarantine, a key or a value of the standard, a dataset or a column of some contracts. */
export const explainWord = (word: string, datasets: readonly DatasetContract[]): readonly Explanation[] => [
  ...entries(REASON_WORDS, word, 'reason'),
  ...entries(VALUES, word, 'value'),
  ...explainKey(word),
  ...datasets.filter(({ domain, name }) => name === word || `${domain}.${name}` === word).map(explainDataset),
  ...datasets.flatMap((dataset) => explainColumns(word, dataset)),
];

/** What a word that means nothing may have been meant to be; empty where nothing is near. */
export function wordMeant(word: string, datasets: readonly DatasetContract[]): string {
  const columns = datasets.flatMap(({ name, columns: own }) => own.flatMap((column) => [column.name, `${name}.${column.name}`]));
  const keys = [...KEY_EFFECTS.keys()].map((path) => path.split('.').at(-1) ?? '');
  return didYouMean(word, [
    ...new Set([...columns, ...datasets.map(({ name }) => name), ...Object.keys(VALUES), ...Object.keys(REASON_WORDS), ...keys]),
  ]);
}

const entries = (table: Readonly<Record<string, string>>, word: string, what: Explanation['what']): Explanation[] =>
  Object.entries(table)
    .filter(([name]) => name === word)
    .map(([name, words]) => ({ what, name, says: [words] }));

const explainKey = (word: string): Explanation[] =>
  [...KEY_EFFECTS]
    .filter(([path]) => path === word || path.endsWith(`.${word}`))
    .map(([path, effect]) => ({
      what: 'key',
      name: path,
      says: [effect ?? 'no effect here: it is lawful, and read by people alone'],
    }));

function explainDataset(dataset: DatasetContract): Explanation {
  const { domain, name, description, columns, eventIdFields, eventTimeField } = dataset;
  const intake = intakeOf(dataset);
  return {
    what: 'dataset',
    name: `${domain}.${name}`,
    intake,
    says: [
      ...(description === undefined ? [] : [description]),
      `an event is identified by ${eventIdFields.join(', ')} and happened at ${eventTimeField}`,
      `its events ${ARRIVAL[intake.form]}, since ${intake.why}`,
      ...(isCurated(dataset)
        ? [
            `its curated table '${curatedTableName(name)}' has one row for each ${dataset.primaryKey.join(', ')}, folded ${foldedHow(foldEveryHours(dataset))}`,
          ]
        : []),
      `its columns: ${columns.map((column) => `${column.name} ${hiveType(column.type)}`).join(', ')}`,
      "what it causes and costs, 'headwaters contracts check' says",
    ],
  };
}

const foldedHow = (hours: number): string =>
  hours === WEEK ? 'once a week' : hours === 24 ? 'once a day' : `every ${hours === 1 ? 'hour' : `${hours} hours`}`;

const ARRIVAL: Readonly<Record<Intake['form'], string>> = {
  stream: 'come through its own stream',
  'direct-put': 'are put straight into its delivery, without a stream',
};

/** A column by its name, with or without its dataset and domain; what lies within it by the names on the way. */
function explainColumns(word: string, dataset: DatasetContract): Explanation[] {
  const path = word.split('.');
  const ways = [[dataset.domain, dataset.name], [dataset.name], []];
  return ways.flatMap((way) => {
    const rest = path.slice(way.length);
    if (rest.length === 0 || way.some((part, place) => path[place] !== part)) return [];
    const found = columnAt(dataset.columns, rest);
    return found === undefined ? [] : [explainColumn(dataset, found, [dataset.domain, dataset.name, ...rest].join('.'), rest)];
  });
}

function columnAt(columns: readonly Column[], [name, ...rest]: readonly string[]): Column | undefined {
  const found = columns.find((column) => column.name === name?.replace(/\[\]$/, ''));
  return found === undefined || rest.length === 0 ? found : columnAt(fieldsOf(found.type), rest);
}

function typesInWords(type: ColumnType): string {
  const { trino, parquet, duckdb } = storedType(type);
  return `${trino} to Athena, ${duckdb} to DuckDB, ${parquet} in Parquet`;
}

function explainColumn(dataset: DatasetContract, column: Column, name: string, path: readonly string[]): Explanation {
  const { protection, classification, type } = column;
  const above = path.slice(0, -1).join('.');
  const isColumn = above === '';
  const parts = [
    ...(dataset.eventIdFields.includes(column.name) ? ['it identifies the event'] : []),
    ...(dataset.eventTimeField === column.name ? ['it says when the event happened'] : []),
    ...(dataset.sequenceField === column.name ? ['it orders copies of one time'] : []),
    ...(dataset.tenantField === column.name ? ['it says whose data the event is'] : []),
    ...(dataset.primaryKey.includes(column.name) ? ['it is of the key by which rows are one'] : []),
    ...dataset.relationships
      .filter(({ columns }) => columns.includes(column.name))
      .map(({ to }) => `its values are those of ${to.domain}.${to.dataset}.${to.columns.join(', ')}`),
  ];
  return {
    what: 'column',
    name,
    says: [
      ...[column.businessName, column.description].filter((text) => text !== undefined),
      `${classification}; stored as ${protection === 'drop' ? 'nothing at all' : hiveType(type)}${protection === undefined ? '' : `, protected by ${protection}: ${STORED[protection]}`}`,
      ...(protection === 'drop' ? [] : [typesInWords(type)]),
      ...(isColumn ? parts : []),
      ...rulesOfColumn(column, above).map(
        ({ column: where, rule, reason }) => `${where} ${rule}, or the event is refused: ${reason}`,
      ),
    ],
  };
}
