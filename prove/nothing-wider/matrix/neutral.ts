import { ACCOUNT, FOREIGN, REGION } from './accounts.ts';
import { remember } from './remember.ts';

const known = new Map<string, string>();

/** A text of a policy without the names of the account, the region and the environment. */
export const neutral = (text: string, environment: string): string =>
  remember(known, `${environment} ${text}`, () =>
    text
      .replaceAll(ACCOUNT, '<account>')
      .replaceAll(FOREIGN, '<another account>')
      .replaceAll(REGION, '<region>')
      .replaceAll(new RegExp(`(?<![a-z0-9])${environment}(?![a-z0-9])`, 'g'), '<env>'),
  );
