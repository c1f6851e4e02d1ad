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
  { query: /from missing$/, why: 'Athena has a database where Trino was given no schema' },
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
    query: /99999999999999999999999999999999999999/,
    why: 'what has no room in 38 digits fails as a cast does, not as an overflow, or sooner or later than in Trino',
  },
];
