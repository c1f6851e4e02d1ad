import { Construct } from 'constructs';
import { refuseEnvironment } from './environment-name.ts';

/**
 * A scope of its own for what is imported from an environment, however often it is: no template shows it, and no construct beside it is called so.
 *
 * @throws InvalidProps `BadEnvironment`
 */
export function importScope(parent: Construct, what: string, environment: string): Construct {
  refuseEnvironment(parent, environment);
  const idOf = (number: number): string => `Imported${what}${number === 1 ? '' : number}`;
  let number = 1;
  while (parent.node.tryFindChild(idOf(number)) !== undefined) number += 1;
  return new Construct(parent, idOf(number));
}
