import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** An encryption context as requests carry it. */
export type EncryptionContext = Readonly<Record<string, string>>;

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
const ID_BYTES = 36;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES + IV_BYTES + TAG_BYTES;

/** What a ciphertext says in clear: which key made it. */
export interface Sealed {
  readonly keyId: string;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly data: Buffer;
}

/** The pairs in one order: the order in which a request gives them does not matter. */
const authenticated = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));

/** Encrypts under a key's material; the encryption context is authenticated and not stored. */
export function seal(keyId: string, material: Buffer, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, material, iv).setAAD(authenticated(context));
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), Buffer.from(keyId), iv, cipher.getAuthTag(), data]);
}

/** Takes a ciphertext apart; undefined for bytes that are none. */
export function readSealed(blob: Buffer): Sealed | undefined {
  if (blob.length < HEADER_BYTES || blob[0] !== FORMAT) return undefined;
  const at = { iv: 1 + ID_BYTES, tag: 1 + ID_BYTES + IV_BYTES };
  return {
    keyId: blob.toString('utf8', 1, at.iv),
    iv: blob.subarray(at.iv, at.tag),
    tag: blob.subarray(at.tag, HEADER_BYTES),
    data: blob.subarray(HEADER_BYTES),
  };
}

/** The plaintext; undefined for another key, another context or changed bytes, which nobody can tell apart. */
export function open({ iv, tag, data }: Sealed, material: Buffer, context: EncryptionContext): Buffer | undefined {
  const decipher = createDecipheriv(ALGORITHM, material, iv).setAAD(authenticated(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    return undefined;
  }
}
