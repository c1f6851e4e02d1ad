import { customResources } from './cloudformation/custom-resources.ts';
import { templates } from './cloudformation/templates.ts';
import { hold } from './hold.ts';

hold(templates);
hold(customResources);
