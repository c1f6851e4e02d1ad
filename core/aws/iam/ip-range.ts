/** An address as a number, with the bits of its kind: 32 or 128. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function ipv4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || octets.some((octet) => !/^\d{1,3}$/.test(octet) || Number(octet) > 255)) return undefined;
  return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

function address(text: string): Address {
  const bits = text.includes(':') ? 128 : 32;
  const value = bits === 128 ? ipv6(text) : ipv4(text);
  if (value === undefined) throw new Error('an IP address condition operator met a value that is no address');
  return { bits, value };
}

/**
 * Reads an address or a range in CIDR notation.
 *
 * @returns whether an address lies in the range; one of the other kind never does
 * @throws Error for what is no address or range, on both sides
 */
export function ipRange(text: string): (got: string) => boolean {
  const [base = '', prefix, ...rest] = text.split('/');
  const { bits, value } = address(base);
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  if (length > bits || rest.length > 0) throw new Error('an IP address condition operator takes addresses and CIDR ranges');
  const shift = BigInt(bits - length);
  return (got) => {
    const asked = address(got);
    return asked.bits === bits && asked.value >> shift === value >> shift;
  };
}
