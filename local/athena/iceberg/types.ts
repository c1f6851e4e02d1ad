import { decimalOf, type IcebergType } from '../../iceberg/types.ts';
import { BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, REAL, VARBINARY, VARCHAR, type Type } from '../sql/analysis/type.ts';

/** Digits of a second that Iceberg keeps. */
const PRECISION = 6;

const PRIMITIVES: Readonly<Record<string, Type>> = {
  boolean: BOOLEAN, int: INTEGER, long: BIGINT, float: REAL, double: DOUBLE, date: DATE, string: VARCHAR, binary: VARBINARY, uuid: { kind: 'uuid' },
  time: { kind: 'time', precision: PRECISION },
  timestamp: { kind: 'timestamp', precision: PRECISION },
  timestamptz: { kind: 'timestamp_tz', precision: PRECISION, zone: 'UTC' },
}; // prettier-ignore

/** A column's type as Athena reads it. @see https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html */
export function fromIceberg(type: IcebergType): Type {
  if (typeof type === 'string') {
    const decimal = decimalOf(type);
    return decimal === undefined ? (PRIMITIVES[type] ?? VARBINARY) : { kind: 'decimal', ...decimal };
  }
  switch (type.type) {
    case 'struct':
      return {
        kind: 'row',
        fields: type.fields.map((field) => ({ name: field.name.toLowerCase(), type: fromIceberg(field.type) })),
      };
    case 'list':
      return { kind: 'array', element: fromIceberg(type.element) };
    case 'map':
      return { kind: 'map', key: fromIceberg(type.key), value: fromIceberg(type.value) };
  }
}
