import { table } from '../table.ts';
import { formatFaults } from './format-faults.ts';
import type { AlarmView, Look } from './look.ts';

/** What a person reads. */
export function formatLook(found: Look): string {
  if (found.state === 'stopped') return "No platform runs on this project; 'headwaters local start' starts it.";
  if (found.state === 'crashed')
    return [
      `Process ${found.pid} has ended without saving its state; 'headwaters local reset' begins anew. The last lines of ${found.log}:`,
      ...found.tail.map((line) => `  ${line}`),
    ].join('\n');
  const { pid, endpoint, environment, stacks, clock, follows, undelivered, lost, faults, deliveries, alarms, roles, log } = found;
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
    ...formatAlarms(alarms),
    table(['role', 'ARN'], Object.entries(roles)),
  ].join('\n');
}

/** Those that are at rest need no line of their own. */
function formatAlarms(alarms: readonly AlarmView[]): readonly string[] {
  if (alarms.length === 0) return [];
  const told = alarms.filter(({ state, lacks }) => state === 'ALARM' || lacks !== undefined);
  const rest = `${alarms.length} alarms, ${alarms.filter(({ state }) => state === 'ALARM').length} of them in ALARM.`;
  if (told.length === 0) return [rest];
  const rows = told.map(({ name, state, since, reason, lacks }) => [name, state, since, lacks ?? reason]);
  return [rest, table(['alarm', 'state', 'since', 'why'], rows)];
}
