import { rmSync } from 'node:fs';
import { OWN_PREFIX } from './own-temporary-folder.ts';

export default function teardown(): void {
  const own = process.env.TMPDIR;
  if (own?.includes(OWN_PREFIX) === true) rmSync(own, { recursive: true, force: true });
}
