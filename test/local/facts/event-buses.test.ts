import { eventBuses } from './event-buses.ts';
import { hold } from './hold.ts';

hold(eventBuses);
