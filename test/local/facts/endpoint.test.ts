import { endpoint } from './endpoint.ts';
import { hold } from './hold.ts';

hold(endpoint);
