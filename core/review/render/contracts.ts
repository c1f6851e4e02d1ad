import type { ContractChange } from '../compare-contracts.ts';
import type { Verdict } from '../../contract/compatibility/change.ts';
import { code } from './words.ts';

const ORDER: readonly Verdict[] = ['breaking', 'additive', 'metadata'];

/** What changed in each product, whom it breaks, and what must happen. */
export const renderContracts = (changes: readonly ContractChange[]): readonly string[] => changes.flatMap(ofProduct);

function ofProduct({ name, before, after, changes, isUnannounced }: ContractChange): readonly string[] {
  if (before === undefined) return [`- ${code(name)} ${after ?? ''}: new`];
  if (after === undefined)
    return [
      `- ${code(name)} ${before}: **no contract holds it any more**; release it once more with the status 'retired' before it goes`,
    ];
  const warning = isUnannounced ? ' **breaks somebody without a new major version**' : '';
  return [
    `- ${code(name)} ${before === after ? after : `${before} → ${after}`}${warning}`,
    ...ORDER.flatMap((verdict) => changes.filter((change) => change.verdict === verdict)).map(
      ({ verdict, code: name, path, reason, breaks, action }) => {
        const whom = breaks.length === 0 ? '' : ` Breaks ${breaks.join(', ')}.`;
        return `  - ${verdict} ${code(name)} at ${code(path)}: ${reason}.${whom}${verdict === 'metadata' ? '' : ` To do: ${action.text}.`}`;
      },
    ),
  ];
}
