import type { Step } from './script.ts';

const list = (columns: Readonly<Record<string, string>>, type: (trino: string) => string): string =>
  Object.entries(columns)
    .map(([name, of]) => `${name} ${type(of)}`)
    .join(', ');

const same = (text: string): string => text;

/** `bucket(4, id)` of Athena is `bucket(id, 4)` in Trino. */
const trinoTransform = (transform: string): string => transform.replace(/\((\d+), (\w+)\)/, '($2, $1)');

export function inTrino(step: Step): string {
  if (typeof step === 'string') return step;
  if ('make' in step) {
    const by = step.by.map((transform) => `'${trinoTransform(transform)}'`).join(', ');
    const properties = by === '' ? '' : ` WITH (partitioning = ARRAY[${by}])`;
    if ('as' in step) return `CREATE TABLE ${step.make}${properties} AS ${step.as}`;
    return `CREATE TABLE ${step.make} (${list(step.columns, same)})${properties}`;
  }
  if ('add' in step) return `ALTER TABLE ${step.change} ADD COLUMN ${step.add} ${step.type}`;
  if ('rename' in step) return `ALTER TABLE ${step.change} RENAME COLUMN ${step.rename} TO ${step.to}`;
  return `ALTER TABLE ${step.change} DROP COLUMN ${step.drop}`;
}

const HIVE_NAMES: Readonly<Record<string, string>> = {
  integer: 'int', real: 'float', varchar: 'string', varbinary: 'binary', 'timestamp(6)': 'timestamp',
}; // prettier-ignore

/** A list, map or struct in round brackets, of what has none of them left. */
const IN_BRACKETS = /\b(array|map|struct)\(((?:[^()]|\(\d[^()]*\))*)\)/g;

/** A type of Trino as Hive's DDL writes it. */
function hiveType(type: string): string {
  let hive = type
    .replaceAll(/\b(?:integer|real|varchar|varbinary|timestamp\(6\))(?![\w(])/g, (name) => HIVE_NAMES[name] ?? name)
    .replaceAll(/\brow\(/g, 'struct(')
    .replaceAll(/(struct\(|, )(\w+) (?=\w)/g, '$1$2:');
  while (hive.search(IN_BRACKETS) !== -1) hive = hive.replaceAll(IN_BRACKETS, '$1<$2>');
  return hive;
}

/** @param location Where a table of a name lies. */
export function inAthena(step: Step, location: (table: string) => string): string {
  if (typeof step === 'string') return step;
  if ('make' in step) {
    if ('as' in step) {
      const by =
        step.by.length === 0
          ? ''
          : `, partitioning = ARRAY[${step.by.map((transform) => `'${trinoTransform(transform)}'`).join(', ')}]`;
      return `CREATE TABLE ${step.make} WITH (table_type = 'ICEBERG', is_external = false, location = '${location(step.make)}'${by}) AS ${step.as}`;
    }
    const by = step.by.length === 0 ? '' : ` PARTITIONED BY (${step.by.join(', ')})`;
    return `CREATE TABLE ${step.make} (${list(step.columns, hiveType)})${by} LOCATION '${location(step.make)}' TBLPROPERTIES ('table_type'='ICEBERG', 'format'='parquet')`;
  }
  if ('add' in step) return `ALTER TABLE ${step.change} ADD COLUMNS (${step.add} ${hiveType(step.type)})`;
  if ('rename' in step) return `ALTER TABLE ${step.change} CHANGE COLUMN ${step.rename} ${step.to} ${hiveType(step.type)}`;
  return `ALTER TABLE ${step.change} DROP COLUMN ${step.drop}`;
}
