import type { Call } from './ast.ts';

interface Node {
  readonly kind: unknown;
}

/** Every node of a tree, each before those within it. */
export function nodesIn(tree: unknown): readonly Node[] {
  const found: Node[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('kind' in part) found.push(part);
    Object.values(part).forEach(visit);
  };
  visit(tree);
  return found;
}

/** Every call of a function in a tree, each before those among its arguments. */
export const callsIn = (tree: unknown): readonly Call[] => nodesIn(tree).filter(isCall);

const isCall = (node: Node): node is Call => node.kind === 'call';
