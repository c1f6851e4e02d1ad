import { eventSourcesCreating } from './event-sources/creating.ts';
import { eventSourcesFailing } from './event-sources/failing.ts';
import { eventSourcesReading } from './event-sources/reading.ts';
import { eventSourcesWindows } from './event-sources/windows.ts';
import { hold } from './hold.ts';
import { lambdaFacts } from './lambda.ts';

hold(lambdaFacts);
hold(eventSourcesCreating);
hold(eventSourcesReading);
hold(eventSourcesFailing);
hold(eventSourcesWindows);
