const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/;

/** The shortest plain decimal that is read as this finite double: at most 17 digits and 324 zeros. */
export function decimalOf(number: number): string {
  const text = String(number);
  const match = SCIENTIFIC.exec(text);
  if (match === null) return text;
  const [sign, whole, fraction] = [match[1] ?? '', match[2] ?? '', match[3] ?? ''];
  const point = whole.length + Number(match[4]);
  const digits = `${whole}${fraction}`;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length
    ? `${sign}${digits.padEnd(point, '0')}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
