import { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import type { Iam } from './iam.ts';

const CODE = 'MalformedPolicy';

/**
 * Sets the policy of a bucket, which S3 takes only for the bucket itself, its objects, and its own actions.
 *
 * @throws ServiceError MalformedPolicy
 */
export function addBucketPolicy(iam: Iam, arn: string, document: unknown): void {
  const statements = new Members({ document }).object('document').raw('Statement');
  for (const statement of [statements].flat()) {
    const of = (...names: string[]): unknown[] =>
      names.flatMap((name) => new Members({ statement }).object('statement').raw(name) ?? []);
    if (of('Action', 'NotAction').some((action) => typeof action !== 'string' || !/^(\*|s3:.*)$/i.test(action)))
      throw new ServiceError(CODE, 'Policy has invalid action');
    const inside = (resource: unknown): boolean =>
      resource === arn || (typeof resource === 'string' && resource.startsWith(`${arn}/`));
    if (of('Resource', 'NotResource').some((resource) => !inside(resource)))
      throw new ServiceError(CODE, 'Policy has invalid resource');
  }
  iam.addResourcePolicy({ arn, document, code: CODE });
}
