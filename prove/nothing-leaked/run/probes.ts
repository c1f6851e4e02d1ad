import { databaseName } from '../../../core/naming.ts';
import type { DatasetContract } from '../../../core/contract/model.ts';

/** Expressions that an engine can only refuse, once it has the value in its hands. */
const FAILING: readonly ((value: string) => string)[] = [
  (value) => `CAST(${value} AS integer)`,
  (value) => `CAST(${value} AS decimal(10,2))`,
  (value) => `CAST(${value} AS date)`,
  (value) => `CAST(${value} AS timestamp)`,
  (value) => `CAST(${value} AS boolean)`,
  (value) => `date_parse(${value}, '%Y-%m-%d')`,
  (value) => `from_iso8601_timestamp(${value})`,
  (value) => `json_parse(${value})`,
  (value) => `from_hex(${value})`,
  (value) => `from_base64(${value})`,
  (value) => `CAST(CAST(${value} AS json) AS bigint)`,
  (value) => `regexp_like('a', concat('(', ${value}))`,
  (value) => `map(ARRAY[${value}, ${value}], ARRAY[1, 2])`,
  (value) => `element_at(ARRAY[1], length(${value}) - length(${value}))`,
  (value) => `1 / (length(${value}) - length(${value}))`,
];

const textsOf = ({ columns }: DatasetContract): readonly string[] =>
  columns.filter(({ type, protection }) => type.kind === 'string' && protection !== 'drop').map(({ name }) => `"${name}"`);

/** What an analyst asks of a dataset: all of it, what is greatest and least, and what cannot be answered. */
export function questionsOf(dataset: DatasetContract, cleanTable: string): readonly string[] {
  const texts = textsOf(dataset);
  return [
    `SELECT * FROM ${cleanTable}`,
    `SELECT ${texts.flatMap((text) => [`min(${text})`, `max(${text})`, `approx_distinct(${text})`]).join(', ')} FROM ${cleanTable}`,
    ...texts.map((text) => `SELECT ${text}, count(*) FROM ${cleanTable} GROUP BY 1 ORDER BY 2 DESC`),
    ...texts.flatMap((text, place) =>
      FAILING.filter((_, number) => number % texts.length === place % FAILING.length).map(
        (failing) => `SELECT max(${failing(text)}) FROM ${cleanTable}`,
      ),
    ),
    `SELECT no_such_column FROM ${cleanTable}`,
    `SELECT * FROM ${cleanTable} WHERE`,
  ];
}

/** What an operator, who may do anything, does with originals under the wrong table: each question fails with an original in hand. */
export function misreadings(environment: string, domain: string, name: string, location: string) {
  const table = `${databaseName(environment, domain)}.misread_${name}`;
  return {
    begin: `CREATE EXTERNAL TABLE ${table} (line string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' LOCATION '${location}'`,
    questions: FAILING.map((failing) => `SELECT max(${failing('line')}) FROM ${table}`),
    end: `DROP TABLE ${table}`,
  };
}
