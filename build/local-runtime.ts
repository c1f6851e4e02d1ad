import { writeFileSync } from 'node:fs';
import { localRuntimePage, PAGE } from './local-runtime-page.ts';

writeFileSync(PAGE, await localRuntimePage());
