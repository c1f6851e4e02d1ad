import { counted } from '../../core/counted.ts';
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
    `${counted(undelivered, 'record is', 'records are')} on ${undelivered === 1 ? 'its' : 'their'} way, ${lost} ${lost === 1 ? 'was' : 'were'} lost.`,
    ...(faults === undefined ? [] : ['Faults were asked for:', formatFaults(faults)]),
    ...tableOf(
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
    ...tableOf(['role', 'ARN'], Object.entries(roles)),
  ].join('\n');
}

/** None where there is no row. */
const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [] : [table(head, rows)];

/** Those that are at rest need no line of their own. */
function formatAlarms(alarms: readonly AlarmView[]): readonly string[] {
  if (alarms.length === 0) return [];
  const told = alarms.filter(({ state, lacks }) => state === 'ALARM' || lacks !== undefined);
  const rest = `${counted(alarms.length, 'alarm')}, ${alarms.filter(({ state }) => state === 'ALARM').length} of them in ALARM.`;
  if (told.length === 0) return [rest];
  const rows = told.map(({ name, state, since, reason, lacks }) => [name, state, since, lacks ?? reason]);
  return [rest, table(['alarm', 'state', 'since', 'why'], rows)];
}
