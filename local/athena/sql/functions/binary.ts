import { BIGINT, VARBINARY, VARCHAR } from '../analysis/type.ts';
import { define, form, type ScalarFunction } from './definition.ts';

const hash = (name: string): ScalarFunction => define(form([VARBINARY], VARBINARY, (x) => `hw_hash(${x}, '${name}')`));
const keyedHash = (name: string): ScalarFunction =>
  define(form([VARBINARY, VARBINARY], VARBINARY, (x, key) => `hw_hmac(${x}, ${key}, '${name}')`));

export const BINARY: Readonly<Record<string, ScalarFunction>> = {
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  sha512: hash('sha512'),
  hmac_md5: keyedHash('md5'),
  hmac_sha1: keyedHash('sha1'),
  hmac_sha256: keyedHash('sha256'),
  hmac_sha512: keyedHash('sha512'),
  crc32: define(form([VARBINARY], BIGINT, (x) => `hw_crc32(${x})`)),
  to_hex: define(form([VARBINARY], VARCHAR, (x) => `hex(${x})`)),
  from_hex: define(form([VARCHAR], VARBINARY, (x) => `hw_from_hex(${x})`)),
  to_base64: define(form([VARBINARY], VARCHAR, (x) => `base64(${x})`)),
  from_base64: define(form([VARCHAR], VARBINARY, (x) => `hw_from_base64(${x})`)),
  to_base64url: define(form([VARBINARY], VARCHAR, (x) => `translate(base64(${x}), '+/', '-_')`)),
  from_base64url: define(form([VARCHAR], VARBINARY, (x) => `hw_from_base64(translate(${x}, '-_', '+/'))`)),
};
