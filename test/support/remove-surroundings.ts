import { rmSync } from 'node:fs';
import { removeBuiltCommand } from './built-command.ts';
import { OWN_PREFIX } from './surroundings.ts';

export default function teardown(): void {
  removeBuiltCommand();
  const own = process.env.TMPDIR;
  if (own?.includes(OWN_PREFIX) === true) rmSync(own, { recursive: true, force: true });
}
