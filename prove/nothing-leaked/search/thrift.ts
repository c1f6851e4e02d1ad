/** A value of Thrift's compact protocol, as far as headers of Parquet's pages have any. */
export type ThriftValue = number | boolean | Uint8Array | readonly ThriftValue[] | ThriftStruct;
/** Fields by their ids. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

const TYPE = { true: 1, false: 2, byte: 3, i64: 6, double: 7, binary: 8, list: 9, set: 10, struct: 12 } as const;

/**
 * Reads one struct.
 *
 * @returns the struct, and where it ends
 * @throws RangeError for bytes that are none
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function readStruct(bytes: Uint8Array, start: number): { readonly fields: ThriftStruct; readonly end: number } {
  const reader = new Reader(bytes, start);
  return { fields: reader.struct(), end: reader.at };
}

class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (let head = this.byte(); head !== 0; head = this.byte()) {
      id = head >>> 4 === 0 ? this.zigzag() : id + (head >>> 4);
      const type = head & 15;
      fields.set(id, type === TYPE.true ? true : type === TYPE.false ? false : this.value(type));
    }
    return fields;
  }

  private value(type: number): ThriftValue {
    switch (type) {
      case TYPE.true:
      case TYPE.false:
      case TYPE.byte:
        return this.byte();
      case TYPE.double:
        this.at += 8;
        return 0;
      case TYPE.binary: {
        const length = this.varint();
        this.at += length;
        return this.bytes.subarray(this.at - length, this.at);
      }
      case TYPE.list:
      case TYPE.set:
        return this.list();
      case TYPE.struct:
        return this.struct();
      default:
        if (type > TYPE.byte && type <= TYPE.i64) return this.zigzag();
        throw new RangeError(`type ${type} has no place in a header of a page`);
    }
  }

  private list(): readonly ThriftValue[] {
    const head = this.byte();
    const length = head >>> 4 === 15 ? this.varint() : head >>> 4;
    return Array.from({ length }, () => this.value(head & 15));
  }

  private zigzag(): number {
    const coded = this.varint();
    return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
  }

  private varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.byte();
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  }

  private byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError('the bytes end within a struct');
    this.at += 1;
    return byte;
  }
}
