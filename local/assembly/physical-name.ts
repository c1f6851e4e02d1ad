import { createHash } from 'node:crypto';

export interface NameRules {
  /** Characters at most. */
  readonly longest: number;
  readonly lowerCase?: boolean;
  /** Ends the name, uncut. */
  readonly suffix?: string;
}

const HASH = 6;

/**
 * A name that CloudFormation would make up, the same in each run: `<stack>-<logicalId>`. Where that is too long, the stack's name is cut and
 * followed by a hash, for stacks that begin alike hold resources of the same logical id.
 */
export function physicalName(stack: string, logicalId: string, { longest, lowerCase = false, suffix = '' }: NameRules): string {
  const room = longest - suffix.length;
  const cased = (text: string): string => (lowerCase ? text.toLowerCase() : text);
  const whole = cased(`${stack}-${logicalId}`);
  if (whole.length <= room) return whole + suffix;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, HASH);
  const end = cased(logicalId).slice(-(room - HASH - 2));
  const begin = cased(stack)
    .slice(0, Math.max(0, room - end.length - HASH - 2))
    .replace(/-+$/, '');
  return `${[begin, hash, end].filter((part) => part !== '').join('-')}${suffix}`;
}

/** An id in the form of a UUID, the same for the same text. */
export function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
