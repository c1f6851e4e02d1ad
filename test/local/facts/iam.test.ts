import { hold } from './hold.ts';
import { iamCreation } from './iam/creation.ts';
import { iamEvaluation } from './iam/evaluation.ts';

hold(iamEvaluation);
hold(iamCreation);
