import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { PARAMETER_TYPES, TIERS, type NewVersion, type ParameterVersion, type Tier } from './parameter.ts';
import { OWN_KEY } from './secure-values.ts';

/** Bytes of a value, by its tier. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LARGEST: Readonly<Record<Tier, number>> = { Standard: 4096, Advanced: 8192 };
const LONGEST_TEXT = 1024;
const TIERING = 'Intelligent-Tiering';

/** Properties that requests and templates give a parameter alike. */
export const VERSION_MEMBERS = ['AllowedPattern', 'DataType', 'Description', 'Tier', 'Type', 'Value'] as const;

const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);

/**
 * What a request makes the next version of a parameter: what it leaves open stays as it was.
 *
 * @param before The latest version. Undefined for a new parameter.
 * @throws ServiceError ValidationException, HierarchyTypeMismatchException, InvalidAllowedPatternException, ParameterPatternMismatchException,
 * NotImplemented
 */
export function newVersion(input: Members, before: ParameterVersion | undefined): NewVersion {
  const value = input.text('Value');
  if (value === '')
    throw invalid(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  if (value.includes('{{')) throw invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  checkDataType(input.optionalText('DataType'));
  const type = typeOf(input, before);
  const allowedPattern = boundedText(input, 'AllowedPattern') ?? before?.allowedPattern;
  if (allowedPattern !== undefined && allowedPattern !== '') checkPattern(value, type, allowedPattern);
  return {
    type,
    value,
    tier: tierOf(input, before, Buffer.byteLength(value)),
    description: boundedText(input, 'Description') ?? before?.description,
    allowedPattern,
    ...keyOf(input, type, before),
  };
}

function typeOf(input: Members, before: ParameterVersion | undefined): ParameterVersion['type'] {
  const asked = input.optionalText('Type') ?? before?.type;
  if (asked === undefined) throw invalid('A parameter type is required when you create a parameter.');
  const type = PARAMETER_TYPES.find((one) => one === asked);
  if (type === undefined)
    throw invalid(
      `1 validation error detected: Value '${asked}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]`,
    );
  if (before !== undefined && before.type !== type)
    throw new ServiceError(
      'HierarchyTypeMismatchException',
      `The parameter's type ${before.type} cannot be changed to ${type}; create a new, unique parameter.`,
    );
  return type;
}

function tierOf(input: Members, before: ParameterVersion | undefined, bytes: number): Tier {
  const asked = input.optionalText('Tier') ?? before?.tier ?? 'Standard';
  const tier = asked === TIERING ? tierFor(bytes, before) : TIERS.find((one) => one === asked);
  if (tier === undefined)
    throw invalid(
      `1 validation error detected: Value '${asked}' at 'tier' failed to satisfy constraint: Member must satisfy enum value set: [Standard, Advanced, Intelligent-Tiering]`,
    );
  if (tier === 'Standard' && before?.tier === 'Advanced')
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  if (bytes <= LARGEST[tier]) return tier;
  throw invalid(
    tier === 'Standard'
      ? `Standard tier parameters support a maximum parameter value of ${LARGEST.Standard} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`
      : `Advanced tier parameters support a maximum parameter value of ${LARGEST.Advanced} characters.`,
  );
}

const tierFor = (bytes: number, before: ParameterVersion | undefined): Tier =>
  bytes > LARGEST.Standard || before?.tier === 'Advanced' ? 'Advanced' : 'Standard';

/** Each item of a list must fit the whole of the pattern. */
function checkPattern(value: string, type: ParameterVersion['type'], pattern: string): void {
  const items = type === 'StringList' ? value.split(',') : [value];
  if (items.every((item) => compiled(pattern).test(item))) return;
  throw new ServiceError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  );
}

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'su');
  } catch {
    throw new ServiceError('InvalidAllowedPatternException', `The allowed pattern is no regular expression: ${pattern}`);
  }
}

function checkDataType(type = 'text'): void {
  if (type === 'text') return;
  if (type === 'aws:ec2:image' || type === 'aws:ssm:integration')
    throw new ServiceError('NotImplemented', `NotImplemented: ssm: DataType '${type}' is not simulated by headwaters`, 501);
  throw invalid(`The following data type is not supported: ${type} (Data type names are all lowercase.)`);
}

function keyOf(input: Members, type: ParameterVersion['type'], before: ParameterVersion | undefined): { keyId?: string } {
  const keyId = input.optionalText('KeyId');
  if (type === 'SecureString') return { keyId: keyId ?? before?.keyId ?? OWN_KEY };
  if (keyId === undefined) return {};
  throw invalid(`KeyId is required for SecureString type parameter only.`);
}

function boundedText(input: Members, name: string): string | undefined {
  const text = input.optionalText(name);
  if (text === undefined || text.length <= LONGEST_TEXT) return text;
  throw invalid(
    `1 validation error detected: Value at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_TEXT}`,
  );
}
