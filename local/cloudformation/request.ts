import { isRecord } from '../input.ts';

/** Texts, and lists and objects of them. */
export type Texts = string | readonly Texts[] | { readonly [name: string]: Texts };

/** A custom resource as its template has it. */
export interface CustomResource {
  readonly stack: string;
  /** The stack of the app that this one is nested in, however deep; absent where it is one itself. */
  readonly root?: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** `Custom::Seed`. */
  readonly type: string;
  /** Who makes it: the ARN of a function. */
  readonly serviceToken: string;
  /** All its properties, the token too. */
  readonly properties: Readonly<Record<string, Texts>>;
  /** Seconds within which an answer must have come. */
  readonly timeout: number;
  /** Whether it stays when its template no longer has it, and when an update puts another in its place. */
  readonly retention: { readonly whenRemoved: boolean; readonly whenReplaced: boolean };
}

/** What CloudFormation asks of a custom resource's provider. */
export type Change =
  | { readonly kind: 'Create' }
  | { readonly kind: 'Update'; readonly physicalId: string; readonly before: CustomResource['properties'] }
  | { readonly kind: 'Delete'; readonly physicalId: string };

/** Properties as a provider gets them: CloudFormation makes texts of numbers and truth values. */
export function asTexts(value: unknown): Texts {
  if (Array.isArray(value)) return value.map(asTexts);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]));
  return String(value);
}

/**
 * The event that a provider's function gets.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html
 */
export const requestOf = (
  { stackId, logicalId, type, serviceToken, properties }: CustomResource,
  change: Change,
  { requestId, responseUrl }: { readonly requestId: string; readonly responseUrl: string },
): Readonly<Record<string, unknown>> => ({
  RequestType: change.kind,
  ServiceToken: serviceToken,
  ResponseURL: responseUrl,
  StackId: stackId,
  RequestId: requestId,
  LogicalResourceId: logicalId,
  ...(change.kind !== 'Create' && { PhysicalResourceId: change.physicalId }),
  ResourceType: type,
  ResourceProperties: properties,
  ...(change.kind === 'Update' && { OldResourceProperties: change.before }),
});
