import type { NamedResourcePolicy, RequestContext } from '../../core/aws/iam/index.ts';
import type { Caller } from '../service.ts';

/** A resource that has a say in who may use it. */
export interface GuardedResource {
  readonly policy: NamedResourcePolicy;
  /** Condition keys that the resource itself brings: `kms:ResourceAliases`. */
  readonly context?: () => RequestContext;
  /** A permission that stands in no policy, as a grant of a key: it overrides silence, and no denial. */
  readonly permits?: (caller: Caller, action: string, context: RequestContext) => boolean;
  /** @throws ServiceError where the resource's state forbids what its policies allow */
  readonly guard?: (action: string) => void;
}

/** Resources with a policy of their own, by ARN. */
export class GuardedResources {
  private readonly byArn = new Map<string, GuardedResource>();
  private readonly absent = new Map<string, (arn: string) => void>();

  /** A later policy takes the place of an earlier one, as PutBucketPolicy and PutKeyPolicy do. */
  set(arn: string, resource: GuardedResource): void {
    this.byArn.set(arn, resource);
  }

  remove(arn: string): void {
    this.byArn.delete(arn);
  }

  /** Lets a service whose every resource has a policy say of the rest that it is not there. */
  guardAbsent(prefix: string, refuse: (arn: string) => never): void {
    this.absent.set(prefix, refuse);
  }

  /** @throws ServiceError for a resource without a policy, whose service gives one to each */
  refuseAbsent(arn: string): void {
    for (const [prefix, refuse] of this.absent) if (arn.startsWith(prefix)) refuse(arn);
  }

  /** The resource with this ARN, or the one that it lies in: an object lies in its bucket, an index in its table. */
  of(arn: string): GuardedResource | undefined {
    const own = this.byArn.get(arn);
    if (own !== undefined) return own;
    const parts = arn.split('/', 3);
    return this.byArn.get(parts[0] ?? '') ?? (parts.length < 3 ? undefined : this.byArn.get(parts.slice(0, 2).join('/')));
  }
}
