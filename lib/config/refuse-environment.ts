import { EnvironmentError, type Environment } from './environment.ts';

/** @throws {@link EnvironmentError} with each fault, and where the environment stands */
export function refuseEnvironment(
  { name }: Pick<Environment, 'name'>,
  faults: readonly string[],
  code: 'InvalidEnvironment' | 'NobodyTrusted' | 'NobodyAsks' = 'InvalidEnvironment',
): never {
  throw new EnvironmentError(
    code,
    faults.map((fault) => `'${name}' of lib/config/environments.ts: ${fault}`),
  );
}
