import { isRecord } from '../input.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** What comes behind the secret's name or ARN. */
const REST = /^((?:arn:[^:]*:[^:]*:[^:]*:[^:]*:secret:)?[^:]+)(?::SecretString)?(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?$/;

/**
 * What a dynamic reference to a secret stands for: all of it, or one member of its JSON.
 *
 * @param reference `<name or ARN>:SecretString:<member>:<stage>:<version>`, of which the first is needed
 * @returns why there is nothing, in words that hold nothing of the secret
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export function readSecret(
  reference: string,
  secrets: Pick<Secrets, 'valueOf'>,
): { readonly value: string } | { readonly lacks: string } {
  const [, id = '', key = '', stage = '', version = ''] = REST.exec(reference) ?? [];
  if (version !== '' || (stage !== '' && stage !== 'AWSCURRENT'))
    return { lacks: `a version of '${id}' but the current one is not simulated` };
  const whole = secrets.valueOf(id);
  if (whole === undefined) return { lacks: `Secrets Manager can't find the specified secret '${id}'` };
  if (key === '') return { value: whole };
  const member = memberOf(whole, key);
  return member === undefined
    ? { lacks: `Could not find a value associated with JSONKey in SecretString of '${id}'` }
    : { value: member };
}

function memberOf(text: string, key: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const member = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return member === undefined ? undefined : typeof member === 'string' ? member : JSON.stringify(member);
  } catch {
    return undefined; // the parser's own words would quote it
  }
}
