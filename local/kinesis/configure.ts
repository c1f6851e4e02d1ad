import { ServiceError } from '../service.ts';
import { invalidArgument, STREAM_NAMES, type StreamOperation } from './context.ts';

/** Hours. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html */
export const RETENTION = { shortest: 24, longest: 8760 } as const;

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html */
export const RECORD_KIB = { smallest: 1024, largest: 10_240 } as const;

/** Switches of the capacity mode that a stream takes in 24 hours. @see https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html */
const SWITCHES_A_DAY = 2;
const DAY = 86_400_000;

export const increaseRetention: StreamOperation = (stream, input) => {
  const hours = retentionAsked(input.only([...STREAM_NAMES, 'RetentionPeriodHours']).number('RetentionPeriodHours'));
  if (hours < stream.retentionHours) {
    throw invalidArgument(
      `Requested retention period (${hours} hours) for stream ${stream.settings.name} can not be shorter than existing retention period (${stream.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
    );
  }
  stream.retain(hours);
  return {};
};

export const decreaseRetention: StreamOperation = (stream, input) => {
  const hours = retentionAsked(input.only([...STREAM_NAMES, 'RetentionPeriodHours']).number('RetentionPeriodHours'));
  if (hours > stream.retentionHours) {
    throw invalidArgument(
      `Requested retention period (${hours} hours) for stream ${stream.settings.name} can not be longer than existing retention period (${stream.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
    );
  }
  stream.retain(hours);
  return {};
};

export const updateStreamMode: StreamOperation = (stream, input, { now }) => {
  input.only(['StreamARN', 'StreamModeDetails']);
  const mode = input.object('StreamModeDetails').only(['StreamMode']).text('StreamMode');
  if (mode !== 'ON_DEMAND' && mode !== 'PROVISIONED') {
    throw new ServiceError('ValidationException', "'StreamModeDetails.StreamMode' must be ON_DEMAND or PROVISIONED");
  }
  const today = stream.switched.filter((time) => time > now - DAY);
  if (today.length >= SWITCHES_A_DAY) {
    throw new ServiceError('LimitExceededException', `A stream switches its mode at most ${SWITCHES_A_DAY} times in 24 hours.`);
  }
  stream.begin(() => {
    stream.mode = mode;
  });
  stream.switched = [...today, now];
  return {};
};

export const updateMaxRecordSize: StreamOperation = (stream, input) => {
  const kib = input.only(['StreamARN', 'MaxRecordSizeInKiB']).number('MaxRecordSizeInKiB');
  if (!(kib >= RECORD_KIB.smallest && kib <= RECORD_KIB.largest)) {
    throw new ServiceError(
      'ValidationException',
      `'MaxRecordSizeInKiB' must be ${RECORD_KIB.smallest} to ${RECORD_KIB.largest}, got ${kib}`,
    );
  }
  stream.begin(() => {
    stream.maxRecordKib = kib;
  });
  return {};
};

function retentionAsked(hours: number): number {
  if (hours < RETENTION.shortest) {
    throw invalidArgument(
      `Minimum allowed retention period is ${RETENTION.shortest} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours > RETENTION.longest) {
    throw invalidArgument(
      `Maximum allowed retention period is ${RETENTION.longest} hours. Requested retention period (${hours} hours) is too long.`,
    );
  }
  return hours;
}
