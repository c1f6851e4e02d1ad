import { hold } from './hold.ts';
import { lambdaFacts } from './lambda.ts';

hold(lambdaFacts);
