import { UNSUPPORTED } from './beginnings.ts';
import type { Cursor } from './cursor.ts';
import { Malformed } from '../query-error.ts';
import type { Token } from './token.ts';

/** Hive's statements that AWS was asked with a name in double quotes, which their grammar does not have. */
export type Naming =
  'alter table' | 'create table' | 'describe' | 'drop table' | 'show columns' | 'show create table' | 'show tables';

/** @throws Malformed where the name that comes next has a part in double quotes */
export function refuseQuoted(cursor: Cursor, naming: Naming, skipped = 0): void {
  const words = quotedName(cursor, naming, skipped);
  if (words !== undefined) throw new Malformed(words);
}

/**
 * What Athena says of the name that comes next, where a part of it is in double quotes.
 *
 * @param skipped How many words stand before it that are read later.
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/statements.md
 */
export function quotedName(cursor: Cursor, naming: Naming, skipped = 0): string | undefined {
  const parts = partsAhead(cursor, skipped);
  const place = parts.findIndex(({ kind }) => kind === 'quoted');
  const [first, part] = [parts[0], parts[place]];
  if (first === undefined || part === undefined) return undefined;
  const sinceBegin = (): string => noAlternative(cursor, cursor.begin, part);
  switch (naming) {
    case 'show create table':
      return UNSUPPORTED;
    case 'alter table':
    case 'create table':
      return sinceBegin();
    case 'describe':
      if (place === 0) return sinceBegin();
      break;
    case 'show tables':
      return mismatch(part);
    case 'drop table':
    case 'show columns':
  }
  return place === 1 ? noAlternative(cursor, first.start, part) : mismatch(part);
}

/** The parts of a name, none of which is read. */
function partsAhead(cursor: Cursor, skipped: number): readonly Token[] {
  const parts: Token[] = [];
  for (let at = skipped; ['word', 'quoted', 'backquoted'].includes(cursor.ahead(at).kind); at += 2) {
    parts.push(cursor.ahead(at));
    if (cursor.ahead(at + 1).text !== '.') break;
  }
  return parts;
}

const noAlternative = ({ text }: Cursor, from: number, { line, column, end }: Token): string =>
  `line ${line}:${column}: no viable alternative at input '${escaped(text.slice(from, end))}'`;

const mismatch = ({ line, column, text }: Token): string =>
  `line ${line}:${column}: mismatched input '${escaped(text)}' expecting {${EXPECTED}}`;

const escaped = (text: string): string => text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');

/** Words of Hive's grammar, all of which Athena lists. */
const WORDS =
  'SELECT FROM ADD AS ALL DISTINCT WHERE GROUP BY GROUPING SETS CUBE ROLLUP ORDER HAVING LIMIT AT OR AND IN NOT NO ' +
  'EXISTS BETWEEN LIKE RLIKE IS NULL TRUE FALSE NULLS ASC DESC FOR INTERVAL CASE WHEN THEN ELSE END JOIN CROSS OUTER ' +
  'INNER LEFT SEMI RIGHT FULL NATURAL ON LATERAL WINDOW OVER PARTITION RANGE ROWS UNBOUNDED PRECEDING FOLLOWING CURRENT ' +
  'ROW WITH VALUES CREATE TABLE VIEW REPLACE INSERT DELETE INTO DESCRIBE EXPLAIN FORMAT LOGICAL CODEGEN CAST SHOW TABLES ' +
  'COLUMNS COLUMN USE PARTITIONS FUNCTIONS DROP UNION EXCEPT INTERSECT TO TABLESAMPLE STRATIFY ALTER RENAME ARRAY MAP ' +
  'STRUCT COMMENT SET RESET DATA START TRANSACTION COMMIT ROLLBACK MACRO FIRST AFTER IF DIV PERCENT BUCKET OUT OF SORT ' +
  'CLUSTER DISTRIBUTE OVERWRITE TRANSFORM REDUCE USING SERDE SERDEPROPERTIES RECORDREADER RECORDWRITER DELIMITED FIELDS ' +
  'TERMINATED COLLECTION ITEMS KEYS ESCAPED LINES SEPARATED FUNCTION EXTENDED REFRESH CLEAR CACHE UNCACHE LAZY FORMATTED ' +
  'TEMPORARY OPTIONS UNSET TBLPROPERTIES DBPROPERTIES BUCKETS SKEWED STORED DIRECTORIES LOCATION EXCHANGE ARCHIVE ' +
  'UNARCHIVE FILEFORMAT TOUCH COMPACT CONCATENATE CHANGE CASCADE RESTRICT CLUSTERED SORTED PURGE INPUTFORMAT ' +
  'OUTPUTFORMAT DATABASE DATABASES DFS TRUNCATE ANALYZE COMPUTE LIST STATISTICS PARTITIONED EXTERNAL DEFINED REVOKE ' +
  'GRANT LOCK UNLOCK MSCK REPAIR EXPORT IMPORT LOAD ROLE ROLES COMPACTIONS PRINCIPALS TRANSACTIONS INDEX INDEXES LOCKS ' +
  'OPTION ANTI LOCAL INPATH IDENTIFIER BACKQUOTED_IDENTIFIER';

/** Those that are listed without quotes. */
const BARE = new Set('NOT RLIKE TEMPORARY DATABASE DATABASES IDENTIFIER BACKQUOTED_IDENTIFIER'.split(' '));

const EXPECTED = WORDS.split(' ')
  .map((word) => (BARE.has(word) ? word : `'${word}'`))
  .join(', ');
