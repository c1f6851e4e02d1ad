import { firehoseDelivering } from './firehose/delivering.ts';
import { firehoseEncrypting } from './firehose/encrypting.ts';
import { firehoseOperations } from './firehose/operations.ts';
import { firehoseTransforming } from './firehose/transforming.ts';
import { hold } from './hold.ts';

hold(firehoseDelivering);
hold(firehoseEncrypting);
hold(firehoseTransforming);
hold(firehoseOperations);
