import { ServiceError } from '../service.ts';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

const USES = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Whether an action uses a key, and does not only look at it or change it. */
export const isUse = (action: string): boolean => USES.includes(action);

/** What may not be done in a state. @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
const REFUSED: Readonly<Record<KeyState, readonly string[]>> = {
  Enabled: ['kms:CancelKeyDeletion'],
  Disabled: ['kms:CancelKeyDeletion', ...USES],
  PendingDeletion: ['kms:DisableKey', 'kms:EnableKey', 'kms:ScheduleKeyDeletion', ...USES],
};

/** @throws ServiceError DisabledException, KMSInvalidStateException */
export function checkState(arn: string, state: KeyState, action: string): void {
  if (!REFUSED[state].includes(action)) return;
  if (action === 'kms:CancelKeyDeletion') throw new ServiceError('KMSInvalidStateException', `${arn} is not pending deletion.`);
  throw state === 'Disabled' ? disabled(arn) : new ServiceError('KMSInvalidStateException', `${arn} is pending deletion.`);
}

export const disabled = (arn: string): ServiceError => new ServiceError('DisabledException', `${arn} is disabled.`);
