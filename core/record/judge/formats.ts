import type { StringFormat } from '../../contract/model.ts';

/** Characters of the longest IPv6 address, with an IPv4 address at its end. */
const LONGEST_IPV6 = 45;

/** At most 63 characters, no hyphen first or last. @see https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
const LABEL = '(?![A-Za-z0-9-]{64})[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*';

/** Patterns of the formats that have one; each takes time linear in the text, as a contract's own patterns do. */
export const FORMAT_PATTERNS = {
  email: new RegExp(`^[^\\s@"(),:;<>[\\\\\\]]{1,64}@${LABEL}(?:\\.${LABEL})+$`),
  uuid: /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/,
  hostname: new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`),
  ipv4: /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/,
} as const;

/** Whether a text has the format. */
export function formatTest(format: StringFormat): (text: string) => boolean {
  if (format === 'ipv6') return isIpv6;
  if (format === 'uuid') return isUuid;
  const pattern = FORMAT_PATTERNS[format];
  return (text) => pattern.test(text);
}

const UUID_LENGTH = 36;
const HYPHEN = 45;
/** By the code of an ASCII character: whether it is a hexadecimal digit. */
const IS_HEX = Array.from({ length: 128 }, (_, code) => /[0-9A-Fa-f]/.test(String.fromCharCode(code)));

/** What the pattern says, in a fifth of its time: most ids are UUIDs. */
function isUuid(text: string): boolean {
  if (text.length !== UUID_LENGTH) return false;
  for (let at = 0; at < UUID_LENGTH; at += 1) {
    const code = text.charCodeAt(at);
    const isRight = at === 8 || at === 13 || at === 18 || at === 23 ? code === HYPHEN : IS_HEX[code] === true;
    if (!isRight) return false;
  }
  return true;
}

const GROUP = /^[0-9A-Fa-f]{1,4}$/;
const GROUPS = 8;

/** Without a zone: `%eth0` means something on one machine alone. @see https://www.rfc-editor.org/rfc/rfc4291#section-2.2 */
function isIpv6(text: string): boolean {
  if (text.length > LONGEST_IPV6) return false;
  const halves = text.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const ipv4 = !text.endsWith(':') && FORMAT_PATTERNS.ipv4.test(groups.at(-1) ?? '') ? 1 : 0;
  const count = groups.length + ipv4; // an IPv4 address takes the place of two groups
  return (
    groups.slice(0, groups.length - ipv4).every((group) => GROUP.test(group)) &&
    (halves.length === 1 ? count === GROUPS : halves.length === 2 && count < GROUPS)
  );
}
