import { didYouMean } from '../core/suggest.ts';
import { ENVIRONMENT_NAMES } from '../core/environments.ts';
import { CommandError } from './command-error.ts';

/** The value of an option that names an environment. @throws {@link CommandError} `UnknownEnvironment` */
export function environmentName(name: string): string {
  if (ENVIRONMENT_NAMES.includes(name)) return name;
  const remedy = didYouMean(name, ENVIRONMENT_NAMES) || '; choose one, or add it to core/environments.ts';
  throw new CommandError('UnknownEnvironment', `'--env' must be one of ${ENVIRONMENT_NAMES.join(', ')}, got '${name}'${remedy}`);
}
