import { createHmac, hash } from 'node:crypto';

/** Bytes of SHA-256's block and of what it gives. */
const BLOCK = 64;
const DIGEST = 32;
const ASCII_KEY = /^[\0-\x7f]{1,64}$/;

export type Hmac = (text: string, encoding: 'hex' | 'base64url') => string;

/**
 * HMAC-SHA-256 under one key. Under a key of ASCII that fills a block at most, it is what its definition says, two hashes: the masked key is ASCII
 * too, so that one string holds it and the text. A native object for each value would cost twice that.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2104#section-2
 */
export function hmacSha256(key: string): Hmac {
  if (!ASCII_KEY.test(key)) return (text, encoding) => createHmac('sha256', key).update(text).digest(encoding);
  const masked = (mask: number) =>
    Buffer.alloc(
      BLOCK,
      Buffer.from(key.padEnd(BLOCK, '\0')).map((byte) => byte ^ mask),
    );
  const inner = masked(0x36).toString('latin1');
  const outer = Buffer.concat([masked(0x5c), Buffer.alloc(DIGEST)]);
  return (text, encoding) => {
    outer.write(hash('sha256', inner + text, 'binary'), BLOCK, 'binary');
    return hash('sha256', outer, encoding);
  };
}
