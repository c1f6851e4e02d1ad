/** Lengths of literals above which the length stands in bytes of its own. */
const LONG_LITERAL = 60;

/**
 * Unpacks raw Snappy, as Parquet's pages have it.
 *
 * @throws RangeError for bytes that are none
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function unpackSnappy(packed: Uint8Array): Uint8Array {
  let at = 0;
  const byte = (): number => {
    const next = packed[at];
    if (next === undefined) throw new RangeError('the bytes end too early');
    at += 1;
    return next;
  };
  const littleEndian = (bytes: number): number => {
    let value = 0;
    for (let place = 0; place < bytes; place++) value += byte() * 256 ** place;
    return value;
  };
  let size = 0;
  for (let shift = 1, more = true; more; shift *= 128) {
    const next = byte();
    size += (next & 127) * shift;
    more = next >= 128;
  }
  const unpacked = new Uint8Array(size);
  let length = 0;
  const copy = (offset: number, count: number): void => {
    if (offset === 0 || offset > length || length + count > size) throw new RangeError('a copy reaches beyond the bytes');
    for (let end = length + count; length < end; length++) unpacked[length] = unpacked[length - offset] ?? 0; // may overlap itself
  };
  while (length < size) {
    const tag = byte();
    const upper = tag >>> 2;
    switch (tag & 3) {
      case 0: {
        const count = (upper < LONG_LITERAL ? upper : littleEndian(upper - LONG_LITERAL + 1)) + 1;
        if (at + count > packed.length || length + count > size) throw new RangeError('a literal reaches beyond the bytes');
        unpacked.set(packed.subarray(at, at + count), length);
        at += count;
        length += count;
        break;
      }
      case 1:
        copy((tag >>> 5) * 256 + byte(), (upper & 7) + 4);
        break;
      case 2:
        copy(littleEndian(2), upper + 1);
        break;
      default:
        copy(littleEndian(4), upper + 1);
    }
  }
  return unpacked;
}
