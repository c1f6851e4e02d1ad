import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { latestOf, type Parameter } from './parameter.ts';
import { isBelow, keyOf, parsePath } from './parameter-name.ts';

type Option = 'BeginsWith' | 'Contains' | 'Equals';

const COMPARE: Readonly<Record<Option, (value: string, wanted: string) => boolean>> = {
  BeginsWith: (value, wanted) => value.startsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
  Equals: (value, wanted) => value === wanted,
};

const MEMBERS: Readonly<Record<string, (parameter: Parameter) => string>> = {
  DataType: () => 'text',
  KeyId: (parameter) => latestOf(parameter).keyId ?? '',
  Name: ({ name }) => name,
  Tier: (parameter) => latestOf(parameter).tier,
  Type: (parameter) => latestOf(parameter).type,
};

/** What DescribeParameters and GetParametersByPath may filter by. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
export const DESCRIBE_KEYS = ['Path', 'Name', 'Type', 'KeyId', 'Tier', 'DataType'] as const;
export const BY_PATH_KEYS = ['Type', 'KeyId'] as const;

/**
 * Parameters that every filter of a request means.
 *
 * @param keys What the operation may filter by, tags apart, which DescribeParameters alone knows
 * @throws ServiceError InvalidFilterKey, InvalidFilterOption, InvalidFilterValue, NotImplemented for labels
 */
export function matches(input: Members, keys: readonly string[]): (parameter: Parameter) => boolean {
  const filters = input.objects('ParameterFilters').map((filter) => parseFilter(filter.only(['Key', 'Option', 'Values']), keys));
  return (parameter) => filters.every((means) => means(parameter));
}

function parseFilter(filter: Members, keys: readonly string[]): (parameter: Parameter) => boolean {
  const key = filter.text('Key');
  const values = filter.texts('Values');
  if (key === 'Label' && !keys.includes('Path'))
    throw new ServiceError('NotImplemented', 'NotImplemented: ssm: filter by Label is not simulated by headwaters', 501);
  const tag = keys.includes('Path') ? /^tag:(.+)$/.exec(key)?.[1] : undefined;
  if (tag !== undefined) {
    return ({ tags }) => Object.hasOwn(tags, tag) && (values.length === 0 || values.some((value) => value === tags[tag]));
  }
  if (!keys.includes(key))
    throw new ServiceError(
      'InvalidFilterKey',
      `The following filter key is not valid: ${key}. Valid filter keys include: [${keys.join(', ')}].`,
    );
  if (values.length === 0)
    throw new ServiceError('InvalidFilterValue', 'The following filter values are missing : null for filter key ' + key);
  return key === 'Path' ? inPaths(filter, values) : byMember(filter, key, values);
}

function inPaths(filter: Members, values: readonly string[]): (parameter: Parameter) => boolean {
  const option = filter.optionalText('Option') ?? 'OneLevel';
  if (option !== 'OneLevel' && option !== 'Recursive') throw invalidOption(option, ['Recursive', 'OneLevel']);
  const paths = values.map(parsePath);
  return ({ name }) => paths.some((path) => isBelow(name, path, option === 'Recursive'));
}

function byMember(filter: Members, key: string, values: readonly string[]): (parameter: Parameter) => boolean {
  const option = filter.optionalText('Option') ?? 'Equals';
  const options = key === 'Name' ? ['Equals', 'BeginsWith', 'Contains'] : ['Equals', 'BeginsWith'];
  const compare = options.includes(option) ? COMPARE[option as Option] : undefined;
  const member = MEMBERS[key];
  if (compare === undefined || member === undefined) throw invalidOption(option, options);
  const plain = key === 'Name' && option !== 'Contains' ? keyOf : (text: string): string => text;
  return (parameter) => values.some((value) => compare(plain(member(parameter)), plain(value)));
}

const invalidOption = (option: string, options: readonly string[]): ServiceError =>
  new ServiceError(
    'InvalidFilterOption',
    `The following filter option is not valid: ${option}. Valid options include: [${options.join(', ')}].`,
  );
