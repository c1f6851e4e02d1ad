import type { Members } from '../../input.ts';
import { invalid, lacking } from '../errors.ts';
import type { Condition } from './condition.ts';
import { parseCondition } from './parse-condition.ts';
import { parseUpdate } from './parse-update.ts';
import type { Path } from './path.ts';
import { Placeholders } from './placeholders.ts';
import { Problem } from './problem.ts';
import { parseProjection } from './projection.ts';
import type { Action } from './update.ts';

/** What requests had before there were expressions. */
export const LEGACY = [
  'AttributesToGet',
  'AttributeUpdates',
  'ConditionalOperator',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
] as const;

const KINDS = { ConditionExpression: 'condition', FilterExpression: 'filter', KeyConditionExpression: 'key condition' } as const;

export const NAMES = 'ExpressionAttributeNames';
export const VALUES = 'ExpressionAttributeValues';

/** The expressions of one request, which share its placeholders. */
export class RequestExpressions {
  private readonly placeholders: Placeholders;

  /**
   * @param members The expressions that the operation has, those with values before the projection
   * @throws ServiceError ValidationException, NotImplemented for what requests had before
   */
  constructor(
    private readonly input: Members,
    operation: string,
    members: readonly string[],
  ) {
    const old = LEGACY.find((member) => input.has(member));
    if (old !== undefined) throw lacking(operation, `${old}, which expressions have taken the place of`);
    const given = members.filter((member) => input.has(member));
    if (input.has(NAMES) && given.length === 0) throw invalid(`${NAMES} can only be specified when using expressions`);
    const withValues = members.filter((member) => member !== 'ProjectionExpression');
    if (input.has(VALUES) && !withValues.some((member) => input.has(member)))
      throw invalid(
        `${VALUES} can only be specified when using expressions: ${withValues.join(' and ')} ${withValues.length > 1 ? 'are' : 'is'} null`,
      );
    this.placeholders = new Placeholders(input.raw(NAMES), input.raw(VALUES));
  }

  condition(member: 'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression'): Condition | undefined {
    return this.read(member, (source, placeholders) => parseCondition(source, placeholders, KINDS[member]));
  }

  update(): readonly Action[] | undefined {
    return this.read('UpdateExpression', parseUpdate);
  }

  projection(): readonly Path[] | undefined {
    return this.read('ProjectionExpression', parseProjection);
  }

  /** When all are read. @throws ServiceError ValidationException for placeholders that none has used */
  finish(): void {
    this.placeholders.checkUsed();
  }

  private read<Read>(member: string, parse: (source: string, placeholders: Placeholders) => Read): Read | undefined {
    const source = this.input.optionalText(member);
    if (source === undefined) return undefined;
    try {
      return parse(source, this.placeholders);
    } catch (error) {
      if (error instanceof Problem) throw invalid(`Invalid ${member}: ${error.message}`);
      throw error;
    }
  }
}
