import { table } from '../table.ts';
import { formatFaults } from './format-faults.ts';
import type { Look } from './look.ts';

/** What a person reads. */
export function formatLook(found: Look): string {
  if (found.state === 'stopped') return "No platform runs on this project; 'headwaters local start' starts it.";
  if (found.state === 'crashed')
    return [
      `Process ${found.pid} has ended without saving its state; 'headwaters local reset' begins anew. The last lines of ${found.log}:`,
      ...found.tail.map((line) => `  ${line}`),
    ].join('\n');
  const { pid, endpoint, environment, stacks, clock, follows, undelivered, lost, faults, deliveries, roles, log } = found;
  return [
    `${stacks === undefined ? 'The templates' : stacks.join(', ')} of ${environment} run at ${endpoint} (process ${pid}, log ${log}).`,
    `The clock shows ${clock} and ${follows ? 'goes on with the wall clock' : 'stands still until it is moved'}.`,
    `${undelivered} records are on their way, ${lost} were lost.`,
    ...(faults === undefined ? [] : ['Faults were asked for:', formatFaults(faults)]),
    table(
      ['delivery', 'reads', 'undelivered', 'lost', ''],
      deliveries.map((delivery) => [
        delivery.name,
        delivery.source ?? '',
        String(delivery.undelivered),
        String(delivery.lost),
        delivery.blocked ? 'refused, tries again' : '',
      ]),
    ),
    table(['role', 'ARN'], Object.entries(roles)),
  ].join('\n');
}
