import { eventBusesDescribing } from './event-buses/describing.ts';
import { eventBusesHandingOn } from './event-buses/handing-on.ts';
import { eventBusesPutting } from './event-buses/putting.ts';
import { hold } from './hold.ts';

hold(eventBusesPutting);
hold(eventBusesDescribing);
hold(eventBusesHandingOn);
