import { GB } from '../../prices.ts';
import type { Situation } from '../situation.ts';
import type { Written } from '../stays.ts';

/** What the workload says that others write. */
export const writtenByOthers = ({ resources, workload }: Situation): Written[] =>
  resources.ofType('AWS::S3::Bucket').flatMap((bucket) => {
    const said = workload.buckets[bucket.id];
    if (said === undefined) return [];
    const bytes = said.writtenGbPerMonth * GB;
    return [
      {
        by: 'the workload',
        bucket,
        prefix: '',
        bytes,
        objects: bytes / said.objectBytes,
        billedPuts: true,
        reads: { timesAMonth: said.readsPerMonth },
      },
    ];
  });
