interface Departure {
  /** Of a script's name, a colon, and the statement as Trino was asked it. */
  readonly step: RegExp;
  readonly why: string;
}

const LACKING = 'a type, or digits of a second, that this runtime does not have; what the statement writes is lacking afterwards';
const FIRST_SNAPSHOT =
  'Trino 406 makes a snapshot without files of a new table; Athena is not seen to, and a table of Glue or Spark has none';
const LOWER_CASE = 'Trino 406 compares the column that SET names by its case, which is a fault: names have none';
const BYTES = 'Trino 406 breaks where it puts bytes into a bucket; the specification has a hash for them';

/** Where this runtime answers otherwise than Trino, and why. */
export const DEPARTURES: readonly Departure[] = [
  { step: /^insert: casts that lose nothing: (?:insert .*char\(3\)|insert .*123456789|select \*)/, why: LACKING },
  { step: /^update: types that are widened: (?:update .*char\(4\)|select \*)/, why: LACKING },
  { step: /^schema: tables that cannot be made: CREATE TABLE x \(c time/, why: 'Athena makes no column of time by DDL' },
  { step: /^update: names in another case: (?:update|select)/, why: LOWER_CASE },
  { step: /^insert: .*: insert into nope /, why: 'AWS was measured to say so without the name of an error' },
  { step: /^partitions: bucket of bytes: (?:insert|select)/, why: BYTES },
  {
    step: /^partitions: counts after writes: select partition .* order by partition$/,
    why: 'this runtime orders rows of nulls, which Trino refuses to compare',
  },
  { step: /^metadata: a new table has no file: select (?:count\(\*\) from "t\$history"|operation)/, why: FIRST_SNAPSHOT },
  { step: /^metadata: parents form a chain: select count/, why: FIRST_SNAPSHOT },
  { step: /^metadata: reads beside one another: select count\(\*\) from "t\$snapshots" s cross join t/, why: FIRST_SNAPSHOT },
  {
    step: /^travel: metadata tables of a version: select count\(\*\) from "t@/,
    why: "a name with '@' is one that no table has; Trino 406 knows what it once meant",
  },
  {
    step: /^metadata: snapshots of an update of all rows: select/,
    why: 'Trino 406 makes two snapshots where all rows of a file change, and readers may see what is between; here it is one',
  },
];
