/** Places, counted from 1, of each choice of `size` among `count`: those with the earliest last place first. */
export function chosen(count: bigint, size: number): readonly (readonly bigint[])[] {
  if (size === 0) return [[]];
  return Array.from({ length: Number(count) }, (_, last) =>
    chosen(BigInt(last), size - 1).map((before) => [...before, BigInt(last + 1)]),
  ).flat();
}
