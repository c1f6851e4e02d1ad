import type { StringFormat } from '../contract/model.ts';

/** A text of a format, its own for each number. @param hex 32 hexadecimal digits */
export function formatted(format: StringFormat, hex: string): string {
  switch (format) {
    case 'uuid':
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
    case 'email':
      return `${hex.slice(-12)}@mail.example`;
    case 'uri':
      return `https://example.com/${hex.slice(-12)}`;
    case 'hostname':
      return `h${hex.slice(-8)}.example`;
    case 'ipv4':
      return [24, 26, 28, 30].map((at) => parseInt(hex.slice(at, at + 2), 16)).join('.');
    case 'ipv6':
      return Array.from({ length: 8 }, (_, group) => hex.slice(group * 4, group * 4 + 4)).join(':');
  }
}
