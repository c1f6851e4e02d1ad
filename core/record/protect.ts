import { createHmac } from 'node:crypto';
import type { Protection } from '../contract/model.ts';

/** Changes a value so that its owner is not seen. `drop` is not here: a dropped column has no value to change. */
export type Protector = (value: string) => string;

/** Bytes of a secret at least: below, tokens can be guessed by trying. */
export const SECRET_BYTES = 32;
/** Values that a protector remembers: the same few come again in one batch. */
const REMEMBERED = 10_000;
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
  const digest = (value: string) => createHmac('sha256', secret).update(`${kind}\0${value}`);
  return remember(
    kind === 'hash'
      ? (value) => digest(value).digest('hex')
      : (value) => `tok_${digest(value).digest('base64url').slice(0, TOKEN_CHARACTERS)}`,
  );
}

const NUMBER_LIKE = /^[\d\s()+./-]{8,}$/;
const KEPT_DIGITS = 4;
/** What may stay of an e-mail: a domain, and not whatever else somebody wrote behind an @. */
const MAIL_DOMAIN = /^(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/;

/** An e-mail keeps its domain, a number of 8 or more digits its last four, and anything else nothing. */
function mask(value: string): string {
  const at = value.lastIndexOf('@');
  if (at > 0 && !/\s/.test(value) && MAIL_DOMAIN.test(value.slice(at + 1))) return `***${value.slice(at)}`;
  const digits = value.replaceAll(/\D/g, '');
  return NUMBER_LIKE.test(value) && digits.length >= 2 * KEPT_DIGITS ? `***${digits.slice(-KEPT_DIGITS)}` : '***';
}

function remember(protect: Protector): Protector {
  const known = new Map<string, string>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const token = protect(value);
    if (known.size >= REMEMBERED) known.clear();
    known.set(value, token);
    return token;
  };
}
