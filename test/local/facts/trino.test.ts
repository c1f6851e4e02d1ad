import { hold } from './hold.ts';
import { TRINO_FACTS } from './trino.ts';

hold(TRINO_FACTS);
