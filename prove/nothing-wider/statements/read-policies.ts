import { readResources, type StandingResource } from './read-resources.ts';
import type { PlacedStack } from './synthesize-environment.ts';

/** What a policy speaks for: what its holder may do, who may become a role, who may use a resource, or what may pass an endpoint. */
export type PolicyHold = 'identity' | 'trust' | 'resource' | 'endpoint';

/** A statement as JSON, its intrinsics resolved. */
export interface RawStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | number | readonly string[]>>>>;
}

/** A policy of an environment. */
export interface StandingPolicy {
  readonly hold: PolicyHold;
  /** As explanations call it: an ARN. */
  readonly name: string;
  readonly stack: string;
  readonly logicalId: string;
  /** Where it stands in the resource: `PolicyDocument`. */
  readonly property: string;
  /** The actor whose role holds it, or trusts by it; absent for the policy of anything else. */
  readonly actor?: string;
  /** ARNs of the roles that hold it, of the resources that it guards, or the service of the endpoint. */
  readonly speaksFor: readonly string[];
  /** Nobody gets in unless it lets them: those of keys and roles. */
  readonly mustAllow: boolean;
  readonly statements: readonly RawStatement[];
}

interface PolicyJson {
  readonly Statement: RawStatement | RawStatement[];
}

interface Place {
  readonly property: string;
  readonly hold: PolicyHold;
  readonly mustAllow?: boolean;
  readonly speaksFor: (resource: StandingResource, all: readonly StandingResource[]) => readonly string[];
}

const own = ({ ref, attributes }: StandingResource): string[] => [attributes.Arn ?? ref];
const texts = (value: unknown): string[] => [value ?? []].flat().map(String);

/** Where policies stand in templates. One that stands elsewhere is refused, lest it be passed over. */
const PLACES: Readonly<Record<string, Place>> = {
  'AWS::IAM::ManagedPolicy': {
    property: 'PolicyDocument',
    hold: 'identity',
    speaksFor: ({ properties }, all) =>
      texts(properties.Roles).map(
        (name) => all.find(({ type, ref }) => type === 'AWS::IAM::Role' && ref === name)?.attributes.Arn ?? name,
      ),
  },
  'AWS::IAM::Role': { property: 'AssumeRolePolicyDocument', hold: 'trust', mustAllow: true, speaksFor: own },
  'AWS::KMS::Key': { property: 'KeyPolicy', hold: 'resource', mustAllow: true, speaksFor: own },
  'AWS::S3::BucketPolicy': {
    property: 'PolicyDocument',
    hold: 'resource',
    speaksFor: ({ properties }) => texts(properties.Bucket).map((name) => `arn:aws:s3:::${name}`),
  },
  'AWS::SNS::TopicPolicy': {
    property: 'PolicyDocument',
    hold: 'resource',
    speaksFor: ({ properties }) => texts(properties.Topics),
  },
  'AWS::EC2::VPCEndpoint': {
    property: 'PolicyDocument',
    hold: 'endpoint',
    speaksFor: ({ properties }) => texts(properties.ServiceName).map((name) => name.slice(name.lastIndexOf('.') + 1)),
  },
};

/** A policy in a property that is not known to hold one. */
export class UnknownPolicy extends Error {
  readonly code = 'UnknownPolicy';
}

/**
 * Every policy of an environment, in the order of its stacks.
 *
 * @throws {@link UnknownPolicy} for one that stands where this does not look, and for policies of AWS's own
 */
export function readPolicies(stacks: readonly PlacedStack[]): readonly StandingPolicy[] {
  const all = readResources(stacks);
  return all.flatMap((resource) => {
    const { type, stack, logicalId, properties } = resource;
    const place = PLACES[type];
    refuseOthers(resource, place?.property);
    const document = place === undefined ? undefined : properties[place.property];
    if (place === undefined || document === undefined) return [];
    const speaksFor = place.speaksFor(resource, all);
    const [actor] = place.hold === 'identity' || place.hold === 'trust' ? actorOf(properties.Path) : [];
    return {
      hold: place.hold,
      name: place.hold === 'identity' ? resource.ref : (speaksFor[0] ?? resource.ref),
      stack,
      logicalId,
      property: place.property,
      ...(actor !== undefined && { actor }),
      speaksFor,
      mustAllow: place.mustAllow ?? false,
      statements: [(document as PolicyJson).Statement].flat(),
    };
  });
}

/** `/headwaters/dev/producer/` is the producer's. */
const actorOf = (path: unknown): string[] => texts(path).flatMap((text) => text.split('/').slice(3, 4));

function refuseOthers({ type, stack, logicalId, properties }: StandingResource, known: string | undefined): void {
  const { ManagedPolicyArns: foreign, ...rest } = properties;
  const other = Object.entries(rest).find(([property, value]) => property !== known && holdsPolicy(value))?.[0];
  const where = other ?? (texts(foreign).length > 0 ? 'ManagedPolicyArns' : undefined);
  if (where !== undefined)
    throw new UnknownPolicy(`${stack}.${logicalId} (${type}): a policy stands in '${where}', where none is looked for`);
}

function holdsPolicy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { Statement: found } = value as { readonly Statement?: unknown };
  if (found !== undefined && [found].flat().some((statement) => Object.hasOwn(Object(statement) as object, 'Effect')))
    return true;
  return Object.values(value).some(holdsPolicy);
}
