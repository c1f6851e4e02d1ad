import { hold } from './hold.ts';
import { statesFacts } from './states.ts';

hold(statesFacts);
