/** What stands for each byte where a search overlooks the case of ASCII letters and all white space; -1 for nothing. */
const FOLDED = Int16Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) return -1;
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
});

/** Bytes as a search compares them: whatever holds a text in small letters or without its spaces then holds it as it is. */
export function fold(bytes: Uint8Array): Uint8Array {
  const folded = new Uint8Array(bytes.length);
  let length = 0;
  for (const byte of bytes) {
    const to = FOLDED[byte] ?? -1;
    if (to >= 0) folded[length++] = to;
  }
  return folded.subarray(0, length);
}
