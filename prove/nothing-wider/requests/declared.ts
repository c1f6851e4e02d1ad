import type { RequestContext } from '../../../core/aws/iam/index.ts';
import type { Access } from '../scenarios/recorder.ts';
import type { Request } from '../statements/account.ts';
import { PLACE } from '../statements/place.ts';
import type { StandingResource } from '../statements/read-resources.ts';

/** An environment, as those see it who ask something of it. */
export interface Standing {
  /** Environment's name. */
  readonly environment: string;
  readonly resources: readonly StandingResource[];
}

/** What a service that does not run here asks for by its documentation, told from the resources that make it ask, and from no policy. */
export type Declare = (standing: Standing) => readonly Access[];

/** Puts requests under a scenario's name. */
export const declared = (scenario: string, requests: readonly Request[]): readonly Access[] =>
  requests.map((request) => ({ scenario, how: 'declared', request: withGlobalKeys(request) }));

/** Keys that every request has: over TLS, by whom. */
function withGlobalKeys(request: Request): Request {
  const { principal, action, context } = request;
  const service = 'service' in principal;
  const context_: RequestContext = {
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': String(service),
    'aws:ResourceAccount': PLACE.account,
    ...(service ? {} : { 'aws:PrincipalArn': principal.arn, 'aws:PrincipalAccount': principal.accountId }),
    ...(action.startsWith('s3:') && { 's3:TlsVersion': '1.3' }),
    ...context,
  };
  return { ...request, context: context_ };
}

/** The session of a role, by the role's ARN. */
export const sessionOf = (roleArn: string): Request['principal'] => ({
  arn: roleArn,
  accountId: PLACE.account,
  sessionArn: `${roleArn.replace(':iam:', ':sts:').replace(/:role\/.*\//, ':assumed-role/')}/prove`,
});

/** Somebody of the account who may do anything: what a resource's policy denies to them, or must allow, it decides alone. */
export const ADMINISTRATOR = sessionOf(`arn:aws:iam::${PLACE.account}:role/operations/Administrator`);

/** What a service says of the resource for which it calls. */
export const onBehalfOf = (sourceArn: string): RequestContext => ({
  'aws:SourceAccount': PLACE.account,
  'aws:SourceArn': sourceArn,
});

export const ofType = ({ resources }: Standing, type: string): readonly StandingResource[] =>
  resources.filter((resource) => resource.type === type);

/** @throws Error for a resource that is known by its name alone: what policies say of its ARN would go unasked */
export function arnOf({ stack, logicalId, ref, attributes }: StandingResource): string {
  const arn = attributes.Arn ?? ref;
  if (!arn.startsWith('arn:')) throw new Error(`${stack}/${logicalId} has no ARN here, only the name '${arn}'`);
  return arn;
}

/** A member of a resource's properties, however deep; undefined where it is not there. */
export const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (Object(inner) as Readonly<Record<string, unknown>>)[name], value);

/** Text, and nothing for what is none. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A member that is text; undefined where it is none. */
export const textAt = ({ properties }: StandingResource, ...path: readonly string[]): string | undefined => {
  const found = member(properties, ...path);
  return typeof found === 'string' ? found : undefined;
};

/** The members of a list in a resource's properties. */
export const listAt = ({ properties }: StandingResource, ...path: readonly string[]): readonly unknown[] => {
  const found = member(properties, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
};

/** ARN of a key by its id or its ARN. */
export const keyArnOf = (standing: Standing, id: string): string => {
  const found = ofType(standing, 'AWS::KMS::Key').find((key) => key.ref === id || arnOf(key) === id);
  return found === undefined ? id : arnOf(found);
};

/** ARN of the key that a bucket's objects are encrypted with; undefined for a bucket that has none of the account's own. */
export function keyOfBucket(standing: Standing, bucketArn: string): string | undefined {
  const bucket = ofType(standing, 'AWS::S3::Bucket').find((candidate) => arnOf(candidate) === bucketArn);
  const rules = bucket === undefined ? [] : listAt(bucket, 'BucketEncryption', 'ServerSideEncryptionConfiguration');
  const id = member(rules[0], 'ServerSideEncryptionByDefault', 'KMSMasterKeyID');
  return typeof id === 'string' ? keyArnOf(standing, id) : undefined;
}

/** What S3 tells a key of a bucket whose objects share a data key. */
export const throughS3 = (region: string, bucketArn: string): RequestContext => ({
  'kms:ViaService': `s3.${region}.amazonaws.com`,
  'kms:EncryptionContext:aws:s3:arn': bucketArn,
});
