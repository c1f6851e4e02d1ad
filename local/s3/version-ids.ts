import { createHash } from 'node:crypto';

const SERIAL_CHARACTERS = 6;
const CHARACTERS = 32;

const serialPart = (serial: number): string =>
  Buffer.from(serial.toString(36)).toString('base64url').padStart(SERIAL_CHARACTERS, '_');

/** The id of a bucket's version: unlike any other, and alike from run to run; of letters, digits, dots and underscores. */
export function versionIdOf(bucketArn: string, serial: number): string {
  const seal = createHash('sha256').update(`${bucketArn}/${serial}`).digest('base64url').replaceAll('-', '.');
  const part = serialPart(serial);
  return part + seal.slice(0, CHARACTERS - part.length);
}

/** Whether a bucket could have given an id: S3 tells a version that is gone from an id that never was. */
export const isVersionId = (bucketArn: string, text: string): boolean =>
  text === 'null' || serialOf(bucketArn, text) !== undefined;

/** The serial that an id was made from; undefined where it was made from none. */
export function serialOf(bucketArn: string, text: string): number | undefined {
  const dotted = text.replaceAll('-', '.'); // ids of earlier releases have hyphens
  for (let length = SERIAL_CHARACTERS; length <= 12; length++) {
    const serial = Number.parseInt(Buffer.from(text.slice(0, length).replace(/^_+/, ''), 'base64url').toString(), 36);
    if (Number.isSafeInteger(serial) && serialPart(serial).length === length && versionIdOf(bucketArn, serial) === dotted)
      return serial;
  }
  return undefined;
}
