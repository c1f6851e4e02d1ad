import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Material } from './key.ts';

/** An encryption context as requests carry it. */
export type EncryptionContext = Readonly<Record<string, string>>;

const ALGORITHM = 'aes-256-gcm';
/** Earlier releases did not write down which material sealed: it was the key's first. */
const FORMATS: Readonly<Record<number, { readonly rotationBytes: 0 | 4 }>> = { 1: { rotationBytes: 0 }, 2: { rotationBytes: 4 } };
const FORMAT = 2;
const ID_BYTES = 36;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a ciphertext says in clear: which key made it, and after which rotation. */
export interface Sealed {
  readonly keyId: string;
  readonly rotation: number;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly data: Buffer;
}

/** The pairs in one order: the order in which a request gives them does not matter. */
const authenticated = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));

/** Encrypts under a key's material; the encryption context is authenticated and not stored. */
export function seal(keyId: string, { bytes, rotation }: Material, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, bytes, iv).setAAD(authenticated(context));
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const after = Buffer.alloc(4);
  after.writeUInt32BE(rotation);
  return Buffer.concat([Buffer.of(FORMAT), Buffer.from(keyId), after, iv, cipher.getAuthTag(), data]);
}

/** Takes a ciphertext apart; undefined for bytes that are none. */
export function readSealed(blob: Buffer): Sealed | undefined {
  const format = FORMATS[blob[0] ?? 0];
  if (format === undefined) return undefined;
  const rotation = 1 + ID_BYTES;
  const iv = rotation + format.rotationBytes;
  const tag = iv + IV_BYTES;
  const data = tag + TAG_BYTES;
  if (blob.length < data) return undefined;
  return {
    keyId: blob.toString('utf8', 1, rotation),
    rotation: format.rotationBytes === 0 ? 0 : blob.readUInt32BE(rotation),
    iv: blob.subarray(iv, tag),
    tag: blob.subarray(tag, data),
    data: blob.subarray(data),
  };
}

/** The plaintext; undefined for another key, another context or changed bytes, which nobody can tell apart. */
export function open({ iv, tag, data }: Sealed, { bytes }: Material, context: EncryptionContext): Buffer | undefined {
  const decipher = createDecipheriv(ALGORITHM, bytes, iv).setAAD(authenticated(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    return undefined;
  }
}
