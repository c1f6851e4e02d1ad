import { customResources } from './cloudformation.ts';
import { hold } from './hold.ts';

hold(customResources);
