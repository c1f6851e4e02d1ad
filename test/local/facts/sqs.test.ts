import { hold } from './hold.ts';
import { sqsDeadLetters } from './sqs/dead-letters.ts';
import { sqsFifo } from './sqs/fifo.ts';
import { sqsForms } from './sqs/forms.ts';
import { sqsQueues } from './sqs/queues.ts';
import { sqsReceiving } from './sqs/receiving.ts';
import { sqsSending } from './sqs/sending.ts';

for (const table of [sqsSending, sqsReceiving, sqsFifo, sqsQueues, sqsDeadLetters, sqsForms]) hold(table);
