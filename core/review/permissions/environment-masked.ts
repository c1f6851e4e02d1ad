import { environmentOf } from '../../naming.ts';

/** A text with the environment of its stack left open: an actor of one environment is the same in another, and so is a place. */
export const masked = (text: string, stack: string): string => {
  const environment = environmentOf(stack);
  return environment === undefined ? text : text.replaceAll(new RegExp(`(?<![a-z0-9])${environment}(?![a-z0-9])`, 'g'), '<env>');
};
