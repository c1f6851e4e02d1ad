import type { FaultPlan } from '../../../local/faults/index.ts';

/** Everything that can go wrong, each often enough to show what is then written, and seldom enough that events arrive. */
export const FAULTS: FaultPlan = {
  seed: 1,
  rules: [
    { at: 'kinesis:put', fault: 'throttle', every: 11 },
    { at: 'kinesis:put', fault: 'internalFailure', every: 17 },
    { at: 'kinesis:put', fault: 'answerLost', every: 23 },
    { at: 'kinesis:read', fault: 'throttle', every: 5 },
    { at: 'kinesis:read', fault: 'duplicate', every: 3 },
    { at: 'kinesis:read', fault: 'reorder', every: 4 },
    { at: 'firehose:put', fault: 'unavailable', times: 2 },
    { at: 'firehose:put', fault: 'partial', times: 3 },
    { at: 'firehose:lambda', fault: 'timeout', times: 2 },
    { at: 'firehose:lambda', fault: 'error', times: 2 }, // with the two before, one batch too often
    { at: 'firehose:s3', fault: 'unavailable', times: 4 },
    { at: 's3:request', fault: 'unavailable', times: 1 },
    { at: 'kms:use', fault: 'throttle', every: 13, times: 4 },
    { at: 'kms:use', fault: 'disabled', every: 19, times: 2 },
  ],
};
