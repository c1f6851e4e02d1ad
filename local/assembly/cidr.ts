const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;
const MOST = 256;

/**
 * The first blocks of an IPv4 block, as Fn::Cidr cuts it; undefined where it cannot.
 *
 * @param count How many, 1 to 256
 * @param bits Of an address within a block: 8 for blocks of 256 addresses
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function cidrBlocks(block: string, count: number, bits: number): readonly string[] | undefined {
  const [, ...numbers] = BLOCK.exec(block) ?? [];
  const [a = 256, b = 0, c = 0, d = 0, length = 33] = numbers.map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || length > 32) return undefined;
  if (!Number.isInteger(count) || count < 1 || count > MOST || !Number.isInteger(bits) || bits < 1 || bits > 32 - length)
    return undefined;
  if (count > 2 ** (32 - length - bits)) return undefined;
  const size = 2 ** bits;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % 2 ** (32 - length));
  return Array.from({ length: count }, (_, index) => `${dotted(first + index * size)}/${32 - bits}`);
}

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
