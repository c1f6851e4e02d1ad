const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * Prefix lengths of a VPC's block, of which a quarter is still a subnet.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
const WIDEST = 16;
const NARROWEST = 26;

/** The four quarters of an IPv4 block, in order; undefined for what is no such block, or no size of a VPC. */
export function quarterCidr(cidr: string): readonly string[] | undefined {
  const [, ...parts] = BLOCK.exec(cidr) ?? [];
  const [a = 256, b = 256, c = 256, d = 256, prefix = 0] = parts.map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix < WIDEST || prefix > NARROWEST) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  if (first % size !== 0) return undefined;
  return [0, 1, 2, 3].map((quarter) => `${dotted(first + (quarter * size) / 4)}/${prefix + 2}`);
}

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
