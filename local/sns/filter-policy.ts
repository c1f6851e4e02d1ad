import { BadEventPattern, parseEventPattern } from '../../core/aws/event-pattern.ts';
import { isRecord } from '../input.ts';
import type { MessageAttribute, MessageAttributes } from './message-attributes.ts';
import type { TakenNotice } from './notice.ts';

/** What a filter policy is asked about. */
export type FilterScope = 'MessageAttributes' | 'MessageBody';

/** @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;

/** Filters that SNS has; EventBridge's patterns have more. @see https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html */
const FILTERS = ['anything-but', 'cidr', 'equals-ignore-case', 'exists', 'numeric', 'prefix', 'suffix'];

/** Why a filter policy is none, in SNS's words where they are known. */
export class BadFilterPolicy extends Error {}

type Policy = Readonly<Record<string, unknown>>;

/**
 * Reads a filter policy: which notices a subscription means.
 *
 * @throws BadFilterPolicy
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function parseFilterPolicy(policy: unknown, scope: FilterScope): (notice: TakenNotice) => boolean {
  if (!isRecord(policy)) throw new BadFilterPolicy('Filter is not an object');
  if (Object.keys(policy).length === 0) return () => true;
  checkFilters(policy);
  const matches = patternOf(policy);
  if (scope === 'MessageAttributes' && isNested(policy))
    throw new BadFilterPolicy('Filter policy scope MessageAttributes does not support nested filter policy');
  if (keysOf(policy).length > MOST_KEYS) throw new BadFilterPolicy(`Filter policy can not have more than ${MOST_KEYS} keys`);
  if (combinations(policy) > MOST_COMBINATIONS) throw new BadFilterPolicy('Filter policy is too complex');
  if (scope === 'MessageAttributes') return ({ attributes = new Map() }) => matches(asEvent(attributes));
  return ({ message }) => {
    const body = objectOf(message);
    return body !== undefined && matches(body);
  };
}

function patternOf(policy: Policy): (event: unknown) => boolean {
  try {
    return parseEventPattern(policy);
  } catch (error) {
    if (error instanceof BadEventPattern) throw new BadFilterPolicy(error.message);
    throw error;
  }
}

const isOr = (key: string, part: unknown): part is readonly Policy[] =>
  key === '$or' && Array.isArray(part) && part.length > 1 && part.every(isRecord);

/** @throws BadFilterPolicy for what EventBridge takes and SNS does not */
function checkFilters(policy: Policy): void {
  for (const [key, part] of Object.entries(policy)) {
    if (isOr(key, part)) part.forEach(checkFilters);
    else if (Array.isArray(part)) part.forEach(checkFilter);
    else if (isRecord(part)) checkFilters(part);
  }
}

const isNested = (policy: Policy): boolean =>
  Object.entries(policy).some(([key, part]) => (isOr(key, part) ? part.some(isNested) : isRecord(part)));

function checkFilter(filter: unknown): void {
  if (Array.isArray(filter)) throw new BadFilterPolicy('Match value must be String, number, true, false, or null');
  if (!isRecord(filter)) return;
  const names = Object.keys(filter);
  const [name = ''] = names;
  if (!FILTERS.includes(name)) throw new BadFilterPolicy(`Unrecognized match type ${name}`);
  if (names.length > 1) throw new BadFilterPolicy('Only one key allowed in match expression');
  const given = filter[name];
  if (name !== 'anything-but' || !isRecord(given)) {
    if ((name === 'prefix' || name === 'suffix') && typeof given !== 'string')
      throw new BadFilterPolicy(`${name} match pattern must be a string`);
    return;
  }
  const strange = Object.keys(given).find((within) => within !== 'prefix');
  if (strange !== undefined) throw new BadFilterPolicy(`Unsupported anything-but pattern: ${strange}`);
  if (typeof given.prefix !== 'string') throw new BadFilterPolicy('prefix match pattern must be a string');
}

/** The keys of values, each as often as it stands there. */
function keysOf(policy: Policy): readonly string[] {
  return Object.entries(policy).flatMap(([key, part]) => {
    if (isOr(key, part)) return part.flatMap(keysOf);
    return isRecord(part) ? keysOf(part) : [key];
  });
}

/** In how many ways the policy can be met: alternatives add up, and what must hold together multiplies. */
function combinations(policy: Policy): number {
  return Object.entries(policy).reduce((product, [key, part]) => {
    if (isOr(key, part)) return product * part.reduce((sum, one) => sum + combinations(one), 0);
    if (isRecord(part)) return product * combinations(part);
    return product * (Array.isArray(part) ? part.length : 1);
  }, 1);
}

/** Attributes as the members of an event: what is binary is none. */
const asEvent = (attributes: MessageAttributes): object =>
  Object.fromEntries(
    [...attributes].flatMap(([name, attribute]) => {
      const value = valueOf(attribute);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

function valueOf({ type, value }: MessageAttribute): unknown {
  if (type.startsWith('Binary')) return undefined;
  if (type.startsWith('Number')) return Number(value);
  return type === 'String.Array' ? listOf(value) : value;
}

/** Of a text that holds no list, nothing is meant. */
function listOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as unknown[]) : [];
  } catch {
    return [];
  }
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
