import { resourcesOf, type JudgedStack } from './judged-stack.ts';
import { useOfQuotas } from './judge-limits.ts';

/** What a line says of an account's quotas: those that a growing platform meets first. */
const SHOWN = ['roles', 'customer managed policies', 'on-demand streams', 'shards'];

/** What one environment takes of AWS's limits and quotas, in a line. */
export function summaryLine(environment: string, stacks: readonly JudgedStack[]): string {
  const own = stacks.filter(({ name }) => name.startsWith(`Headwaters-${environment}-`));
  const [largest] = [...own].sort((a, b) => resourcesOf(b).length - resourcesOf(a).length);
  const uses = useOfQuotas(own);
  const quotas = [...new Set(uses.map(({ quota }) => quota))]
    .filter(({ what }) => SHOWN.includes(what))
    .map((quota) => {
      const used = uses.filter((use) => use.quota === quota).reduce((sum, use) => sum + use.used, 0);
      return `${used} of ${quota.byDefault} ${quota.what}`;
    });
  const stack = largest === undefined ? [] : [`${resourcesOf(largest).length} of 500 resources in ${largest.name}`];
  return `${environment}: ${own.length} stacks; ${[...stack, ...quotas].join(', ')}`;
}
