import type { Named, PolicyDocument } from '../../core/aws/iam/index.ts';
import type { Caller } from '../service.ts';

interface Facts {
  /** Undefined where no session policy limits what the role may do. */
  readonly policies: readonly Named<PolicyDocument>[] | undefined;
  /** Session tags, inherited ones included. */
  readonly tags: ReadonlyMap<string, string>;
  /** Keys of the tags that a session begun by this one inherits. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
}

/** What AssumeRole was given beside the role: it limits and describes the session for as long as it lasts. */
export class SessionFacts implements Facts {
  readonly policies: Facts['policies'];
  readonly tags: Facts['tags'];
  readonly transitiveTagKeys: Facts['transitiveTagKeys'];
  readonly sourceIdentity: Facts['sourceIdentity'];

  constructor({ policies, tags, transitiveTagKeys, sourceIdentity }: Facts) {
    this.policies = policies;
    this.tags = tags;
    this.transitiveTagKeys = transitiveTagKeys;
    this.sourceIdentity = sourceIdentity;
  }

  get isEmpty(): boolean {
    return this.policies === undefined && this.tags.size === 0 && this.sourceIdentity === undefined;
  }
}

/** Services pass callers on as they are, so what one carries comes back with each check. */
export const withFacts = (caller: Caller, facts: SessionFacts): Caller & { readonly facts: SessionFacts } => ({
  ...caller,
  facts,
});

/** What is known of a caller's session beside its role. */
export const factsOf = (caller: Caller): SessionFacts | undefined =>
  'facts' in caller && caller.facts instanceof SessionFacts ? caller.facts : undefined;
