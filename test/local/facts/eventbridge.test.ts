import { eventBridge } from './eventbridge.ts';
import { hold } from './hold.ts';

hold(eventBridge);
