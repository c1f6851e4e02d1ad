/**
 * Words that a query cannot use as a name without quotes. @see https://docs.aws.amazon.com/athena/latest/ug/reserved-words.html (SELECT
 * statements)
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'alter and as between by case cast constraint create cross cube current_catalog current_date current_path current_schema current_time ' +
    'current_timestamp current_user deallocate delete describe distinct drop else end escape except exclude execute exists extract false ' +
    'finalize first for from full group grouping having in inner insert intersect into is join json_array json_exists json_object ' +
    'json_query json_table json_value last left like listagg localtime localtimestamp natural normalize not null offset on or order ' +
    'outer prepare recursive right rollup select skip table then trim true uescape unbounded union unnest using values when where with'
  ).split(' '),
);
