import { ServiceError } from '../service.ts';

export interface NewWorkGroup {
  readonly name: string;
  /** `s3://bucket/prefix/`. */
  readonly resultLocation?: string;
  /** Whether the workgroup's settings override the client's. */
  readonly enforce: boolean;
  /** Bytes; at least 10,000,000, as Athena asks. */
  readonly bytesScannedCutoff?: number;
  readonly kmsKeyArn?: string;
}

export interface NewNamedQuery {
  /** @default a new UUID */
  readonly id?: string;
  readonly name: string;
  readonly database: string;
  readonly description?: string;
  readonly queryString: string;
  readonly workGroup: string;
}

export interface NamedQuery extends NewNamedQuery {
  readonly id: string;
}

/** The least cutoff that Athena takes, in bytes (its API's `BytesScannedCutoffPerQuery`). */
const LEAST_CUTOFF = 10_000_000;

/** @throws ServiceError InvalidRequestException */
export function checkWorkGroup(input: NewWorkGroup): NewWorkGroup {
  if (input.resultLocation !== undefined) locate(input.resultLocation);
  if (input.bytesScannedCutoff !== undefined && input.bytesScannedCutoff < LEAST_CUTOFF) {
    throw new ServiceError(
      'InvalidRequestException',
      `'bytesScannedCutoff' must be at least ${LEAST_CUTOFF} bytes, got ${input.bytesScannedCutoff}`,
    );
  }
  return input;
}

/** The bucket and the key prefix, which ends with a slash, of a result location. @throws ServiceError InvalidRequestException */
export function locate(location: string): { readonly bucket: string; readonly prefix: string } {
  const found = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(location);
  if (found === null) throw new ServiceError('InvalidRequestException', 'outputLocation is not a valid S3 path.');
  const prefix = found[2] ?? '';
  return { bucket: found[1] ?? '', prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

export function workGroupView(group: NewWorkGroup, createdAt: number): object {
  const encryption =
    group.kmsKeyArn === undefined ? {} : { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: group.kmsKeyArn } };
  return {
    Name: group.name,
    State: 'ENABLED',
    CreationTime: createdAt / 1000,
    Configuration: {
      EnforceWorkGroupConfiguration: group.enforce,
      ResultConfiguration: { ...(group.resultLocation !== undefined && { OutputLocation: group.resultLocation }), ...encryption },
      ...(group.bytesScannedCutoff !== undefined && { BytesScannedCutoffPerQuery: group.bytesScannedCutoff }),
      EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
    },
  };
}

export const namedQueryView = (query: NamedQuery): object => ({
  Name: query.name,
  ...(query.description !== undefined && { Description: query.description }),
  Database: query.database,
  QueryString: query.queryString,
  NamedQueryId: query.id,
  WorkGroup: query.workGroup,
});
