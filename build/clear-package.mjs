/** Takes the compiled package out of `dist/`: what was deleted from the source is not packed, and a clone runs from its source alone. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const dist = 'dist';
/** The bundles that synthesis points at. */
const KEPT = 'functions';

for (const name of existsSync(dist) ? readdirSync(dist) : [])
  if (name !== KEPT) rmSync(path.join(dist, name), { recursive: true });
