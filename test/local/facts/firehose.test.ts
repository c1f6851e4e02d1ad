import { firehoseDelivering } from './firehose/delivering.ts';
import { firehoseOperations } from './firehose/operations.ts';
import { firehoseTransforming } from './firehose/transforming.ts';
import { hold } from './hold.ts';

hold(firehoseDelivering);
hold(firehoseTransforming);
hold(firehoseOperations);
