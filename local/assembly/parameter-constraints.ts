import type { Members } from '../input.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NUMBERS = /^(Number|List<Number>)$/;

/**
 * What of its declaration a parameter's value does not keep, in CloudFormation's words; undefined where it keeps all.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function brokenConstraint(parameter: Members, type: string, given: unknown): string | undefined {
  const value = String(given);
  const described = (rule: string): string => parameter.optionalText('ConstraintDescription') ?? rule;
  const allowed = parameter.raw('AllowedValues');
  if (Array.isArray(allowed) && !allowed.map(String).includes(value)) return described('must be one of AllowedValues');
  const pattern = parameter.optionalText('AllowedPattern');
  if (pattern !== undefined) {
    const expression = expressionOf(pattern);
    if (expression === undefined) return `has an AllowedPattern that is not known here: ${pattern}`;
    if (!expression.test(value)) return described(`must match pattern ${pattern}`);
  }
  if (NUMBERS.test(type)) return brokenNumber(parameter, value);
  const [least, most] = [parameter.optionalNumber('MinLength'), parameter.optionalNumber('MaxLength')];
  if (least !== undefined && value.length < least) return described(`must contain at least ${least} characters`);
  if (most !== undefined && value.length > most) return described(`must contain at most ${most} characters`);
  return undefined;
}

function brokenNumber(parameter: Members, value: string): string | undefined {
  const number = NUMBER.test(value) ? Number(value) : NaN;
  if (!Number.isFinite(number)) return 'must be a number.';
  const described = (rule: string): string => parameter.optionalText('ConstraintDescription') ?? rule;
  const [least, most] = [parameter.optionalNumber('MinValue'), parameter.optionalNumber('MaxValue')];
  if (least !== undefined && number < least) return described(`must be a number not less than ${least}`);
  if (most !== undefined && number > most) return described(`must be a number not greater than ${most}`);
  return undefined;
}

/** Patterns are Java's. */
function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}
