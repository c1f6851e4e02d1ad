import { ServiceError } from '../service.ts';

/** Characters of a parameter's whole ARN. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
const LONGEST_ARN = 1011;
const DEEPEST = 15;
const FORM = /^\/?[\w.-]+(?:\/[\w.-]+)*$/;
const PATH = /^\/(?:[\w.-]+\/?)*$/;

/** A parameter as a request names it. */
export interface Reference {
  /** Without version or label. */
  readonly name: string;
  /** A version's number, or a label, with its colon; absent for the latest version. */
  readonly selector: string | undefined;
}

export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** What tells parameters apart: `a` and `/a` are one. */
export const keyOf = (name: string): string => name.replace(/^\//, '');

export const arnOf = ({ region, accountId }: Place, name: string): string =>
  `arn:aws:ssm:${region}:${accountId}:parameter/${keyOf(name)}`;

const malformed = (): ServiceError =>
  new ServiceError(
    'ValidationException',
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
  );

/**
 * Reads a name or an ARN, with a version behind a colon or without.
 *
 * @returns undefined for what another account or another region has
 * @throws ServiceError ValidationException for what can be no name, NotImplemented for what AWS itself holds for everybody
 */
export function parseReference(text: string, place: Place): Reference | undefined {
  const prefix = arnOf(place, '');
  if (text.startsWith('arn:') && !text.startsWith(prefix)) return undefined;
  const named = text.startsWith(prefix) ? text.slice(prefix.length) : text;
  const [name = '', ...rest] = named.split(':');
  if (!FORM.test(name) || rest.length > 1) throw malformed();
  if (name.includes('/') && !name.startsWith('/') && named === text) throw malformed();
  refuseOfAws(name);
  return { name, selector: rest[0] === undefined ? undefined : `:${rest[0]}` };
}

/**
 * The name of a new parameter, without spaces at its ends.
 *
 * @throws ServiceError AccessDeniedException, HierarchyLevelLimitExceededException, ValidationException
 */
export function parseName(text: string, place: Place): string {
  const name = text.trim();
  if (/^\/aws(?:\/|$)/i.test(name))
    throw new ServiceError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (/^\/?(?:aws|ssm)/i.test(name)) throw malformed();
  if (name.includes('/') && !name.startsWith('/'))
    throw new ServiceError('ValidationException', 'Parameter name must be a fully qualified name.');
  if (name.length > 1 && name.endsWith('/'))
    throw new ServiceError('ValidationException', 'Parameter name must not end with slash.');
  if (!FORM.test(name)) throw malformed();
  if (name.startsWith('/') && name.split('/').length - 1 > DEEPEST)
    throw new ServiceError('HierarchyLevelLimitExceededException', `A hierarchy can have a maximum of ${DEEPEST} levels.`);
  if (arnOf(place, name).length > LONGEST_ARN)
    throw new ServiceError('ValidationException', `Parameter name: its ARN can have a maximum of ${LONGEST_ARN} characters.`);
  return name;
}

/** What every account finds there: AMIs, secrets of Secrets Manager. @throws ServiceError NotImplemented */
function refuseOfAws(name: string): void {
  if (!/^\/?aws\//i.test(name)) return;
  throw new ServiceError(
    'NotImplemented',
    `NotImplemented: ssm: AWS's own parameter '${name}' is not simulated by headwaters`,
    501,
  );
}

/** A path with a slash at its end. @throws ServiceError ValidationException, NotImplemented */
export function parsePath(path: string): string {
  refuseOfAws(`${path}/`);
  if (!PATH.test(path))
    throw new ServiceError(
      'ValidationException',
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
    );
  return path.endsWith('/') ? path : `${path}/`;
}

/** Whether a parameter lies in a path that ends with a slash: in it alone, or at any depth. */
export function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const whole = `/${keyOf(name)}`;
  return whole.startsWith(path) && (isRecursive || !whole.slice(path.length).includes('/'));
}
