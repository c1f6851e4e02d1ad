import { hold } from './hold.ts';
import { schedulerCalls } from './scheduler/calls.ts';
import { schedulerDeadLetters } from './scheduler/dead-letters.ts';
import { schedulerTimes } from './scheduler/times.ts';

hold(schedulerTimes);
hold(schedulerCalls);
hold(schedulerDeadLetters);
