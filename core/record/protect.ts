import type { Protection } from '../contract/model.ts';
import type { CompiledContract } from './compiled-contract.ts';
import { hmacSha256 } from './hmac.ts';

/** Changes a value so that its owner is not seen. `drop` is not here: a dropped column has no value to change. */
export type Protector = (value: string) => string;

/** Bytes of a secret at least: below, tokens can be guessed by trying. */
export const SECRET_BYTES = 32;
/** For whoever only asks whether an event is accepted, which no secret bears on, and stores nothing that it protects. */
export const NO_SECRET = '-'.repeat(SECRET_BYTES);
/** Values that a protector remembers: the same come again in one batch, or in the next. */
const REMEMBERED = 10_000;
/** Characters of the longest of them: some 750 bytes with its token, so that a column remembers 8 MB at most. */
const LONGEST = 256;
const TOKEN_CHARACTERS = 22;

/**
 * A protector of one kind. The same value gives the same token within a domain, so that its datasets join, and another in each other domain.
 *
 * @param secret The domain's secret; unused by `mask`
 * @throws RangeError for a secret of fewer than `SECRET_BYTES` characters where one is needed: a deployment that lost it must fail at its start
 */
export function protector(kind: Exclude<Protection, 'drop'>, secret: string): Protector {
  if (kind === 'mask') return mask;
  if (secret.length < SECRET_BYTES)
    throw new RangeError(`a secret of at least ${SECRET_BYTES} characters is needed to ${kind}, got ${secret.length}`);
  const digest = hmacSha256(secret);
  return remember(
    kind === 'hash'
      ? (value) => digest(`hash\0${value}`, 'hex')
      : (value) => `tok_${digest(`tokenize\0${value}`, 'base64url').slice(0, TOKEN_CHARACTERS)}`,
  );
}

/** The protectors of a contract's columns, by their names; `drop` has none. */
export const protectorsOf = ({ columns }: CompiledContract, secret: string): ReadonlyMap<string, Protector> =>
  new Map(
    columns.flatMap(({ name, protection }) =>
      protection === undefined || protection === 'drop' ? [] : [[name, protector(protection, secret)]],
    ),
  );

const NUMBER_LIKE = /^[\d\s()+./-]{8,}$/;
const KEPT_DIGITS = 4;
const ZERO = 48;
const NINE = 57;
/** What may stay of an e-mail: a domain, and not whatever else somebody wrote behind an @. */
const MAIL_DOMAIN = /^(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/;

/** An e-mail keeps its domain, a number of 8 or more digits its last four, and anything else nothing. */
function mask(value: string): string {
  const at = value.lastIndexOf('@');
  if (at > 0 && !/\s/.test(value) && MAIL_DOMAIN.test(value.slice(at + 1))) return `***${value.slice(at)}`;
  return NUMBER_LIKE.test(value) ? `***${lastDigits(value)}` : '***';
}

/** The last four digits of a text; none of a text that has fewer than twice as many. */
function lastDigits(value: string): string {
  let digits = '';
  let count = 0;
  for (let at = value.length - 1; at >= 0 && count < 2 * KEPT_DIGITS; at -= 1) {
    const code = value.charCodeAt(at);
    if (code < ZERO || code > NINE) continue;
    if (count < KEPT_DIGITS) digits = value.charAt(at) + digits;
    count += 1;
  }
  return count < 2 * KEPT_DIGITS ? '' : digits;
}

/** Where few values come again, remembering costs more than it saves: it pauses for ten times as many. */
function remember(protect: Protector): Protector {
  const known = new Map<string, string>();
  let again = 0;
  let pause = 0;
  return (value) => {
    if (value.length > LONGEST) return protect(value);
    if (pause > 0) {
      pause -= 1;
      return protect(value);
    }
    const found = known.get(value);
    if (found !== undefined) {
      again += 1;
      return found;
    }
    const token = protect(value);
    if (known.size >= REMEMBERED) {
      if (again < REMEMBERED / 2) pause = 10 * REMEMBERED;
      known.clear();
      again = 0;
    }
    known.set(ownCopy(value), token);
    return token;
  };
}

/** A slice of an event keeps the whole record in memory; a slice of a text made for it keeps nothing else. */
const ownCopy = (value: string): string => ` ${value}`.slice(1);
