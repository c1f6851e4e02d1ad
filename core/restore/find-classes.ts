import { RETENTION_CLASSES, TEMPERATURE } from '../storage/retention-classes.ts';
import { query, RETRY, type State } from '../aws/asl.ts';
import type { RestorePlace } from './place.ts';

/** Every class whose objects are archived one day, by the first segment of their keys. */
export const COLD_CLASSES: readonly string[] = RETENTION_CLASSES.filter(({ transitions }) =>
  transitions.some(({ storageClass }) => TEMPERATURE[storageClass] === 'cold'),
).map(({ name }) => name);

/** Finds what stands in the prefix of a key, so that nobody has to know it: a dataset that changed its life lies under two. */
export const findClasses = ({ partition, bucket }: RestorePlace, next: string): State => ({
  Type: 'Map',
  Items: COLD_CLASSES,
  ItemSelector: { retentionClass: query('$states.context.Map.Item.Value') },
  MaxConcurrency: 10,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'INLINE' },
    StartAt: 'LookIntoClass',
    States: {
      LookIntoClass: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:s3:listObjectsV2`,
        Arguments: {
          Bucket: bucket,
          Prefix: query('$states.input.retentionClass & "/" & $request.domain & "/" & $request.dataset & "/"'),
          MaxKeys: 1,
        },
        TimeoutSeconds: 60,
        Retry: RETRY,
        Output: query('$count([$states.result.Contents]) > 0 ? $states.input.retentionClass : ""'),
        End: true,
      },
    },
  },
  Assign: { classes: query('[$states.result[$ != ""]]') },
  Output: {},
  Next: next,
});
