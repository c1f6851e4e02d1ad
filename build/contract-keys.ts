import { writeFileSync } from 'node:fs';
import { contractKeysPage, PAGE } from './contract-keys-page.ts';

writeFileSync(PAGE, contractKeysPage());
