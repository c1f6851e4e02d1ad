import { cloudwatchAlarms } from './cloudwatch/alarms.ts';
import { cloudwatchMetrics } from './cloudwatch/metrics.ts';
import { hold } from './hold.ts';

hold(cloudwatchMetrics);
hold(cloudwatchAlarms);
