import { recorded } from '../recorded.ts';

export const API = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';
export const GUIDE = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
export const RECORDED = recorded('sqs/test_sqs');
/** What LocalStack's tests state of AWS, on which they were run: `@markers.aws.validated`. */
export const VALIDATED = 'https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.py';
export const MOVES = recorded('sqs/test_sqs_move_task');
