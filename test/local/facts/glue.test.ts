import { glueFacts } from './glue.ts';
import { hold } from './hold.ts';

hold(glueFacts);
