import { hold } from './hold.ts';
import { ssmAccess } from './ssm/access.ts';
import { ssmParameters } from './ssm/parameters.ts';
import { ssmTemplates } from './ssm/templates.ts';

hold(ssmParameters);
hold(ssmAccess);
hold(ssmTemplates);
