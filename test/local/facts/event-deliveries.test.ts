import { eventDeliveries } from './event-deliveries.ts';
import { hold } from './hold.ts';

hold(eventDeliveries);
