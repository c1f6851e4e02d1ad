import { writeFileSync } from 'node:fs';
import { PAGE, proofPage } from './proof-page.ts';

writeFileSync(PAGE, await proofPage());
