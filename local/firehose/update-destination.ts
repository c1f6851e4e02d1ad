import { isRecord, type Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import type { Delivery, DeliveryProperties } from './delivery.ts';

/** The one destination that a delivery stream has. */
export const DESTINATION_ID = 'destinationId-000000000001';

/**
 * The properties after an UpdateDestination: what the update does not name stays as it was.
 *
 * @throws ServiceError ConcurrentModificationException, InvalidArgumentException
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html
 */
export function updatedProperties({ state }: Delivery, input: Members): DeliveryProperties {
  input.only(['DeliveryStreamName', 'CurrentDeliveryStreamVersionId', 'DestinationId', 'ExtendedS3DestinationUpdate']);
  if (input.text('CurrentDeliveryStreamVersionId') !== String(state.version)) {
    throw new ServiceError(
      'ConcurrentModificationException',
      'Another modification has already happened. Fetch VersionId again and use it to update the destination.',
    );
  }
  if (input.text('DestinationId') !== DESTINATION_ID) throw input.invalid('DestinationId', `must be ${DESTINATION_ID}`);
  const update = input.object('ExtendedS3DestinationUpdate');
  const before = recordOf(state.properties.ExtendedS3DestinationConfiguration);
  const { S3BackupUpdate, ...changed } = Object.fromEntries(update.names().map((name) => [name, update.raw(name)]));
  if (before.S3BackupMode === 'Enabled' && changed.S3BackupMode === 'Disabled') {
    throw update.invalid('S3BackupMode', 'must stay Enabled: a backup that was enabled cannot be disabled');
  }
  if (changed.DynamicPartitioningConfiguration !== undefined && isDynamic(changed) !== isDynamic(before)) {
    throw update.invalid('DynamicPartitioningConfiguration', 'must be enabled, or not, when the stream is created');
  }
  return {
    ...state.properties,
    ExtendedS3DestinationConfiguration: {
      ...before,
      ...changed,
      ...(changed.DataFormatConversionConfiguration !== undefined && {
        DataFormatConversionConfiguration: merged(
          before.DataFormatConversionConfiguration,
          changed.DataFormatConversionConfiguration,
        ),
      }),
      ...(S3BackupUpdate !== undefined && { S3BackupConfiguration: merged(before.S3BackupConfiguration, S3BackupUpdate) }),
    },
  };
}

/** The roles that an update names: whoever asks must be allowed to pass them. */
export function rolesNamed(input: Members): readonly string[] {
  const roles = new Set<string>();
  const collect = (value: unknown): void => {
    if (!isRecord(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (name === 'RoleARN' && typeof member === 'string') roles.add(member);
      else collect(member);
    }
  };
  collect(input.raw('ExtendedS3DestinationUpdate'));
  return [...roles];
}

/** An `EncryptionConfiguration` is one choice of two: it takes the place of the other. */
function merged(before: unknown, update: unknown, name?: string): unknown {
  if (!isRecord(before) || !isRecord(update) || name === 'EncryptionConfiguration') return update;
  const changed = Object.entries(update).map(([member, value]) => [member, merged(before[member], value, member)]);
  return { ...before, ...Object.fromEntries(changed) };
}

function isDynamic(destination: Readonly<Record<string, unknown>>): boolean {
  const { Enabled } = recordOf(destination.DynamicPartitioningConfiguration);
  return Enabled === true || Enabled === 'true';
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
