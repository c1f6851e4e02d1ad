import { writeFileSync } from 'node:fs';
import { apiPage, PAGE } from './api-page.ts';

writeFileSync(PAGE, apiPage());
