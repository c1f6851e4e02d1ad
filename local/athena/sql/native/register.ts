import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DOUBLE,
  DuckDBBlobValue,
  DuckDBListValue,
  DuckDBScalarFunction,
  INTEGER,
  LIST,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { bucketOf, decimalBytes, longBytes } from '../../../iceberg/bucket.ts';
import { bounded, RanAway } from '../../bounded.ts';
import * as bits from './bits.ts';
import { chosen } from './chosen.ts';
import { decimalText } from './decimal-text.ts';
import { DIGITS_OF_REAL, scientific } from './double-text.ts';
import { format } from './format.ts';
import { formatNumber } from './format-number.ts';
import * as json from './json.ts';
import { escapedJson } from './json-text.ts';
import { writeForm } from './json-write.ts';
import * as regexp from './regexp.ts';
import * as text from './text.ts';
import * as time from './time.ts';
import * as url from './url.ts';

type Result = string | bigint | number | boolean | Uint8Array | Texts | readonly Texts[] | undefined;
type Texts = readonly (string | bigint | null)[];

interface Native {
  readonly parameters: readonly DuckDBType[];
  readonly returns: DuckDBType;
  readonly run: (...args: never[]) => Result;
  /** Whether it may backtrack without end. */
  readonly backtracks?: true;
}

const native = (parameters: readonly DuckDBType[], returns: DuckDBType, run: Native['run']): Native => ({
  parameters,
  returns,
  run,
});
const backtracking = (...of: Parameters<typeof native>): Native => ({ ...native(...of), backtracks: true });

/** A function that refuses in its answer, which a macro of the same name makes a failure of. */
const refusing = (parameters: readonly DuckDBType[], run: (...args: never[]) => string): Native =>
  native(parameters, VARCHAR, (...args: never[]) => {
    try {
      return run(...args);
    } catch (error) {
      if (error instanceof json.NativeError && error.message.startsWith('NOT_SUPPORTED')) return json.REFUSAL + error.message;
      throw error;
    }
  });
const TEXTS = LIST(VARCHAR);

/** What the engine has no words for: functions of this process, which the engine calls with a batch of rows. A null in gives a null out. */
const NATIVES: Readonly<Record<string, Native>> = {
  hw_fail: native([VARCHAR], VARCHAR, (words: string) => {
    throw new json.NativeError(words);
  }),
  hw_json_parse: native([VARCHAR], VARCHAR, json.parseJson),
  hw_json_extract: native([VARCHAR, VARCHAR], VARCHAR, json.extractJson),
  hw_json_extract_scalar: native([VARCHAR, VARCHAR], VARCHAR, json.extractScalar),
  hw_json_size: native([VARCHAR, VARCHAR], BIGINT, json.jsonSize),
  hw_json_array_length: native([VARCHAR], BIGINT, json.arrayLength),
  hw_json_array_get: native([VARCHAR, BIGINT], VARCHAR, json.arrayGet),
  hw_json_array_contains: native([VARCHAR, VARCHAR], BOOLEAN, json.arrayContains),
  hw_is_json_scalar: native([VARCHAR], BOOLEAN, json.isScalar),
  hw_json_text: native([VARCHAR], VARCHAR, json.jsonText),
  hw_json_cast: native([VARCHAR, VARCHAR], VARCHAR, json.castJson),
  hw_json_write: native([VARCHAR, VARCHAR], VARCHAR, writeForm),
  hw_json_escaped: native([VARCHAR], VARCHAR, escapedJson),
  hw_chosen: native([BIGINT, INTEGER], LIST(LIST(BIGINT)), chosen),
  hw_format_number: native([DOUBLE], VARCHAR, formatNumber),
  hw_iceberg_long: native([BIGINT], VARCHAR, longBytes),
  hw_iceberg_decimal: native([VARCHAR], VARCHAR, decimalBytes),
  hw_iceberg_bucket: native([VARCHAR, INTEGER], INTEGER, bucketOf),
  hw_cbrt: native([DOUBLE], DOUBLE, Math.cbrt),
  hw_decimal_text: native([VARCHAR], VARCHAR, decimalText),
  hw_double_text: native([DOUBLE], VARCHAR, json.doubleText),
  hw_double_varchar: native([DOUBLE], VARCHAR, scientific),
  hw_real_varchar: native([DOUBLE], VARCHAR, (value: number) => scientific(value, DIGITS_OF_REAL)),
  hw_like_pattern: native([VARCHAR, VARCHAR], VARCHAR, text.likePattern),
  hw_upper_points: native([VARCHAR], VARCHAR, text.upper),
  hw_lower_points: native([VARCHAR], VARCHAR, text.lower),
  hw_reverse: native([VARCHAR], VARCHAR, text.reverse),
  hw_codepoint: native([VARCHAR], INTEGER, text.codepoint),
  hw_strpos: native([VARCHAR, VARCHAR, BIGINT], BIGINT, text.positionOf),
  hw_split_limit: native([VARCHAR, VARCHAR, BIGINT], TEXTS, text.splitLimited),
  hw_split_pairs: native([VARCHAR, VARCHAR, VARCHAR], TEXTS, text.splitPairs),
  hw_split_pairs_all: native([VARCHAR, VARCHAR, VARCHAR], TEXTS, text.splitPairsAll),
  hw_translate: native([VARCHAR, VARCHAR, VARCHAR], VARCHAR, text.translate),
  hw_levenshtein: native([VARCHAR, VARCHAR], BIGINT, text.levenshtein),
  hw_hamming: native([VARCHAR, VARCHAR], BIGINT, text.hamming),
  hw_soundex: native([VARCHAR], VARCHAR, text.soundex),
  hw_luhn: native([VARCHAR], BOOLEAN, text.luhn),
  hw_normalize: native([VARCHAR, VARCHAR], VARCHAR, text.normalize),
  hw_from_base: native([VARCHAR, BIGINT], BIGINT, text.fromBase),
  hw_to_base: native([BIGINT, BIGINT], VARCHAR, text.toBase),
  hw_regexp_like: backtracking([VARCHAR, VARCHAR], BOOLEAN, regexp.like),
  hw_regexp_count: backtracking([VARCHAR, VARCHAR], BIGINT, regexp.count),
  hw_regexp_extract: backtracking([VARCHAR, VARCHAR, BIGINT], VARCHAR, regexp.extract),
  hw_regexp_extract_all: backtracking([VARCHAR, VARCHAR, BIGINT], TEXTS, regexp.extractAll),
  hw_regexp_split: backtracking([VARCHAR, VARCHAR], TEXTS, regexp.split),
  hw_regexp_replace: backtracking([VARCHAR, VARCHAR, VARCHAR], VARCHAR, regexp.replace),
  hw_regexp_groups: backtracking([VARCHAR, VARCHAR], LIST(TEXTS), regexp.groups),
  hw_regexp_position: backtracking([VARCHAR, VARCHAR, BIGINT, BIGINT], INTEGER, regexp.position),
  hw_format_or_refusal: refusing([VARCHAR, VARCHAR, TEXTS], format),
  hw_url: native([VARCHAR, VARCHAR], VARCHAR, url.urlPart),
  hw_url_parameter: native([VARCHAR, VARCHAR], VARCHAR, url.urlParameter),
  hw_url_encode: native([VARCHAR], VARCHAR, url.urlEncode),
  hw_url_decode: native([VARCHAR], VARCHAR, url.urlDecode),
  hw_iso_date: native([VARCHAR], VARCHAR, time.isoDate),
  hw_iso_timestamp_or_refusal: refusing([VARCHAR, VARCHAR], time.isoTimestamp),
  hw_parse_duration: native([VARCHAR], BIGINT, time.parseDuration),
  hw_readable_seconds: native([DOUBLE], VARCHAR, time.readableSeconds),
  hw_hash: native([BLOB, VARCHAR], BLOB, bits.hash),
  hw_hmac: native([BLOB, BLOB, VARCHAR], BLOB, bits.hmac),
  hw_crc32: native([BLOB], BIGINT, bits.crc32),
  hw_from_utf8: native([BLOB], VARCHAR, bits.fromUtf8),
  hw_shift_left: native([BIGINT, BIGINT, BIGINT], BIGINT, bits.shiftLeft),
  hw_shift_right: native([BIGINT, BIGINT, BIGINT], BIGINT, bits.shiftRight),
  hw_shift_right_signed: native([BIGINT, BIGINT, BIGINT], BIGINT, bits.shiftRightSigned),
  hw_bit_count: native([BIGINT, BIGINT], BIGINT, bits.bitCount),
};

/** Makes the functions known to an engine: once, for they belong to the instance and not to the connection. */
export function registerNatives(connection: DuckDBConnection): void {
  for (const [name, known] of Object.entries(NATIVES)) connection.registerScalarFunction(scalar(name, known));
}

function scalar(name: string, { parameters, returns, run, backtracks }: Native): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    returnType: returns,
    parameterTypes: parameters,
    mainFunction: (info, chunk, output) => {
      const batch = (): void => {
        const vectors = parameters.map((_, index) => chunk.getColumnVector(index));
        for (let row = 0; row < chunk.rowCount; row += 1) {
          const args = vectors.map((vector) => fromEngine(vector.getItem(row)));
          const result = args.some((value) => value === null) ? undefined : run(...(args as never[]));
          output.setItem(row, toEngine(result));
        }
        output.flush();
      };
      try {
        if (backtracks) bounded(batch);
        else batch();
      } catch (error) {
        info.setError(failureOf(error));
      }
    },
  });
}

/** An error that is not ours may quote what the function was given. */
function failureOf(error: unknown): string {
  if (error instanceof RanAway)
    return 'NOT_SUPPORTED: a regular expression that backtracks for seconds is not one that headwaters local runs';
  return error instanceof json.NativeError ? error.message : 'GENERIC_INTERNAL_ERROR: a function failed';
}

function fromEngine(value: DuckDBValue): unknown {
  if (value instanceof DuckDBBlobValue) return value.bytes;
  return value instanceof DuckDBListValue ? value.items : value;
}

function toEngine(result: Result): DuckDBValue {
  if (result === undefined) return null;
  if (result instanceof Uint8Array) return new DuckDBBlobValue(result);
  return typeof result === 'object'
    ? new DuckDBListValue(result.map((item) => (item instanceof Array ? new DuckDBListValue(item) : item)))
    : result;
}
