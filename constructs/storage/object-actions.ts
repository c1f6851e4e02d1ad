/**
 * Every action of S3 on an object, by what it does: a bucket's policy that closes objects leaves none of them out. A test holds the lists
 * against the published reference, so that an action that S3 adds is decided on.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const OBJECT_ACTIONS = {
  /** What tells of an object: its bytes by any way, and what is noted beside them. */
  read: [
    's3:GetObject',
    's3:GetObjectAcl',
    's3:GetObjectAnnotation',
    's3:GetObjectAttributes',
    's3:GetObjectLegalHold',
    's3:GetObjectRetention',
    's3:GetObjectTagging',
    's3:GetObjectTorrent',
    's3:GetObjectVersion',
    's3:GetObjectVersionAcl',
    's3:GetObjectVersionAnnotation',
    's3:GetObjectVersionAnnotationForReplication',
    's3:GetObjectVersionAttributes',
    's3:GetObjectVersionForReplication',
    's3:GetObjectVersionTagging',
    's3:GetObjectVersionTorrent',
    's3:ListMultipartUploadParts',
    's3:ListObjectAnnotations',
    's3:ListObjectVersionAnnotations',
  ],
  /** What makes an object or a version of it, and what changes anything about one that stands. */
  write: [
    's3:DeleteObjectAnnotation',
    's3:DeleteObjectTagging',
    's3:DeleteObjectVersionAnnotation',
    's3:DeleteObjectVersionTagging',
    's3:InitiateReplication',
    's3:ObjectOwnerOverrideToBucketOwner',
    's3:PutObject',
    's3:PutObjectAcl',
    's3:PutObjectAnnotation',
    's3:PutObjectLegalHold',
    's3:PutObjectRetention',
    's3:PutObjectTagging',
    's3:PutObjectVersionAcl',
    's3:PutObjectVersionAnnotation',
    's3:PutObjectVersionTagging',
    's3:ReplicateDelete',
    's3:ReplicateObject',
    's3:ReplicateObjectAnnotation',
    's3:ReplicateTags',
    's3:RestoreObject',
    's3:UpdateObjectEncryption',
  ],
  /** What lifts a lock in governance mode. */
  unlock: ['s3:BypassGovernanceRetention'],
  /** What takes an object or a version away. */
  remove: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  /** What gives up an upload that nobody sees yet. */
  abort: ['s3:AbortMultipartUpload'],
} as const;
