/** As much of a text as fits so many bytes of UTF-8, whole characters only. */
export function clip(text: string, longest: number): string {
  let bytes = 0;
  let clipped = '';
  for (const character of text) {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > longest) break;
    clipped += character;
  }
  return clipped;
}
