import { randomInt } from 'node:crypto';
import { isRecord, type Members } from '../input.ts';

const CLASSES = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;

/** Characters of a password. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const LENGTH = { shortest: 1, longest: 4096, default: 32 } as const;

/**
 * Makes a value by `GenerateSecretString`: a password, or a JSON object with the password at one key.
 *
 * @throws when no character is left to choose from, or a member is not known
 */
export function generateSecret(rules: Members): string {
  rules.only([
    ...Object.keys(CLASSES),
    'ExcludeCharacters',
    'GenerateStringKey',
    'IncludeSpace',
    'PasswordLength',
    'RequireEachIncludedType',
    'SecretStringTemplate',
  ]);
  const password = generatePassword(rules);
  const template = rules.optionalText('SecretStringTemplate');
  const key = rules.optionalText('GenerateStringKey');
  if (template === undefined && key === undefined) return password;
  if (template === undefined || key === undefined) {
    throw rules.invalid('SecretStringTemplate', "and 'GenerateStringKey' come together");
  }
  const object: unknown = JSON.parse(template);
  if (!isRecord(object)) throw rules.invalid('SecretStringTemplate', 'must be a JSON object');
  return JSON.stringify({ ...object, [key]: password });
}

function generatePassword(rules: Members): string {
  const length = rules.optionalNumber('PasswordLength') ?? LENGTH.default;
  if (!(length >= LENGTH.shortest && length <= LENGTH.longest)) {
    throw rules.invalid('PasswordLength', `must be ${LENGTH.shortest} to ${LENGTH.longest}, got ${length}`);
  }
  const excluded = rules.optionalText('ExcludeCharacters') ?? '';
  const included = Object.entries(CLASSES).flatMap(([name, all]) => (rules.optionalBoolean(name) === true ? [] : [all]));
  const classes = [...included, ...(rules.optionalBoolean('IncludeSpace') === true ? [' '] : [])]
    .map((all) => Array.from(all).filter((character) => !excluded.includes(character)))
    .filter((all) => all.length > 0);
  const any = classes.flat();
  if (any.length === 0) throw rules.invalid('PasswordLength', 'leaves no character to choose from');
  const required = rules.optionalBoolean('RequireEachIncludedType') === false ? [] : classes;
  if (required.length > length)
    throw rules.invalid('PasswordLength', `must be at least ${required.length}, one for each type of character`);
  const characters = Array.from({ length }, (_, index) => pick(required[index] ?? any));
  return shuffled(characters).join('');
}

function pick<Item>(items: readonly Item[]): Item {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

function shuffled(items: readonly string[]): string[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [all[last], all[other]] = [all[other] ?? '', all[last] ?? ''];
  }
  return all;
}
