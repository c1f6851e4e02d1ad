import { hold } from './hold.ts';
import { ssmAccess } from './ssm/access.ts';
import { ssmListings } from './ssm/listings.ts';
import { ssmNames } from './ssm/names.ts';
import { ssmParameters } from './ssm/parameters.ts';
import { ssmTemplates } from './ssm/templates.ts';

hold(ssmNames);
hold(ssmParameters);
hold(ssmListings);
hold(ssmAccess);
hold(ssmTemplates);
