import { Construct } from 'constructs';

/** A scope of its own for what is imported, however often it is: no template shows it, and no construct beside it is called so. */
export function importScope(parent: Construct, what: string): Construct {
  const idOf = (number: number): string => `Imported${what}${number === 1 ? '' : number}`;
  let number = 1;
  while (parent.node.tryFindChild(idOf(number)) !== undefined) number += 1;
  return new Construct(parent, idOf(number));
}
