import { athenaExecutions } from './athena/executions.ts';
import { athenaIceberg } from './athena/iceberg.ts';
import { athenaReading } from './athena/reading.ts';
import { athenaRefusals } from './athena/refusals.ts';
import { athenaResults } from './athena/results.ts';
import { athenaStarting } from './athena/starting.ts';
import { athenaStatements } from './athena/statements.ts';
import { hold } from './hold.ts';

hold(athenaExecutions);
hold(athenaRefusals);
hold(athenaStarting);
hold(athenaResults);
hold(athenaStatements);
hold(athenaReading);
hold(athenaIceberg);
