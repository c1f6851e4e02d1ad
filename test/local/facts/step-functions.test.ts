import { hold } from './hold.ts';
import { stepFunctionsLanguage } from './step-functions/language.ts';
import { stepFunctionsErrors } from './step-functions/errors.ts';
import { stepFunctionsMaps } from './step-functions/maps.ts';
import { stepFunctionsExecutions } from './step-functions/executions.ts';
import { stepFunctionsChoices } from './step-functions/choices.ts';
import { stepFunctionsIntrinsics } from './step-functions/intrinsics.ts';
import { stepFunctionsPaths } from './step-functions/paths.ts';
import { stepFunctionsHistories } from './step-functions/histories.ts';

hold(stepFunctionsLanguage);
hold(stepFunctionsErrors);
hold(stepFunctionsMaps);
hold(stepFunctionsExecutions);
hold(stepFunctionsHistories);
hold(stepFunctionsPaths);
hold(stepFunctionsChoices);
hold(stepFunctionsIntrinsics);
