import type { Parameter, ParameterVersion } from './parameter.ts';
import { arnOf, type Place } from './parameter-name.ts';

/** A version as it is given. */
export interface Given {
  /** As whoever asks names the parameter. */
  readonly name: string;
  readonly selector?: string | undefined;
  readonly version: ParameterVersion;
  /** In clear, or encrypted. */
  readonly value: string;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html */
export const describeValue = (place: Place, { name, selector, version, value }: Given): object => ({
  ARN: arnOf(place, name),
  DataType: 'text',
  LastModifiedDate: version.modified / 1000,
  Name: name,
  ...(selector !== undefined && { Selector: selector }),
  Type: version.type,
  Value: value,
  Version: version.version,
});

const describeVersion = ({ description, allowedPattern, keyId, ...version }: ParameterVersion): object => ({
  ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
  DataType: 'text',
  ...(description !== undefined && { Description: description }),
  ...(keyId !== undefined && { KeyId: keyId }),
  LastModifiedDate: version.modified / 1000,
  LastModifiedUser: version.modifiedBy,
  Policies: [],
  Tier: version.tier,
  Type: version.type,
  Version: version.version,
});

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterMetadata.html */
export const describeMetadata = (place: Place, { name }: Parameter, version: ParameterVersion): object => ({
  ARN: arnOf(place, name),
  Name: name,
  ...describeVersion(version),
});

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterHistory.html */
export const describeHistory = ({ name }: Parameter, version: ParameterVersion, value: string): object => ({
  Labels: [],
  Name: name,
  ...describeVersion(version),
  Value: value,
});
