/** Where this runtime answers otherwise than Trino 405, and why. */
export interface Departure {
  readonly query: RegExp;
  readonly why: string;
}

const LATER = 'Trino has it since a later version, and its documentation has it';

export const DEPARTURES: readonly Departure[] = [
  {
    query: /\d_\d|sinh\(|any_value\(|ends_with\(|listagg\(cast|\) filter \(where [^)]*\) (?:over|from \(values \('India)/,
    why: LATER,
  },
  { query: /;$/, why: 'Athena takes the semicolon away before Trino reads the statement' },
  { query: /unnest\((?:items|array\[(?:row)?\()/, why: 'Athena unnests an array of rows to one column of rows' },
  { query: /from (?:missing|u)$/, why: 'Athena has a database where Trino was given no schema' },
  { query: /decimal '0000012345/, why: 'the documentation counts zeros before a decimal, Trino 405 does not' },
  {
    query: /row\("A" varchar/,
    why: 'a field is told by its name in lower case, where Trino 405 keeps the case of one in quotes',
  },
  { query: /'a' \|\| null|concat\('a', null\)/, why: 'a null beside a text is a text, where Trino 405 takes it for an array' },
  { query: /map\(array\[date '2024-01-02'\], array\[1\]\) as json/, why: 'a map that is no JSON has another name of error' },
  {
    query: /cast\(timestamp '1(?:582|969)[^']*' as time/,
    why: 'Trino 405 takes a second off the time of day of a moment before 1970',
  },
  {
    query: /(?: in \(.*|array_intersect\(.*|\) = )cast\(json '(?:\{"z|true)/,
    why: 'of a null and what fails beside it, another is met first',
  },
  {
    query: /99999999999999999999999999999999999999/,
    why: 'what has no room in 38 digits fails as a cast does, not as an overflow, or sooner or later than in Trino',
  },
];

/** Why this runtime refuses what Trino answers, of what the grammar makes. */
export const REFUSED: readonly string[] = [
  'NOT_SUPPORTED: IN and quantifiers over several columns are not on the tested list of headwaters local',
  'NOT_SUPPORTED: a division of decimals that needs more than 38 digits in headwaters local',
  'NOT_SUPPORTED: a subquery of several columns as a row is not on the tested list of headwaters local',
  'NOT_SUPPORTED: the cast of a text with a zone other than UTC is not on the tested list of headwaters local',
  'NOT_SUPPORTED: the order of arrays or rows that hold nulls or NaN',
  'NOT_SUPPORTED: this regular expression is not one that headwaters local runs',
];
