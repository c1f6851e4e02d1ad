import { counted } from '../../core/counted.ts';
import type { ContractMeaning, DatasetMeaning } from '../../core/contract/explain/meaning.ts';
import type { Lifetime } from '../../core/cost/temperature-plan.ts';
import { bytes, table } from '../table.ts';
import { dayAfter, duration, listed, usd } from './words.ts';

/** Storage classes as S3 calls them to people. */
const CLASS_NAMES: Readonly<Record<Lifetime['storageClass'], string>> = {
  STANDARD: 'S3 Standard',
  STANDARD_IA: 'S3 Standard-IA',
  GLACIER_IR: 'Glacier Instant Retrieval',
  GLACIER: 'Glacier Flexible Retrieval',
  DEEP_ARCHIVE: 'Glacier Deep Archive',
};

/** What a contract causes, for a person who reads no code. @param today The day of which dates are counted */
export function formatMeaning(meaning: ContractMeaning, today: Date): string {
  const { purpose, usage, limitations } = meaning.description;
  const said = [
    ['Purpose', purpose],
    ['Usage', usage],
    ['Limitations', limitations],
  ].flatMap(([label, text]) => (text === undefined ? [] : [line(label ?? '', text.replaceAll(/\s+/g, ' ').trim())]));
  return [
    `${meaning.source}: ${meaning.product} ${meaning.version} (${meaning.status}), of ${meaning.owner}`,
    ...said,
    ...(meaning.team.length === 0
      ? []
      : [line('Team', meaning.team.map(({ username, name, role }) => inBrackets(name ?? username, role)).join(', '))]),
    ...(meaning.roles.length === 0
      ? []
      : [
          line(
            'Said of roles',
            meaning.roles
              .map(({ role, access, approvers }) =>
                inBrackets(
                  role,
                  [access, approvers.length === 0 ? undefined : `approved by ${listed(approvers)}`]
                    .filter((part) => part !== undefined)
                    .join(', '),
                ),
              )
              .join('; '),
          ),
        ]),
    ...meaning.datasets.map((dataset) => formatDataset(dataset, today)),
    ...(meaning.withoutEffect.length === 0 ? [] : ['', line('No effect here', meaning.withoutEffect.join(', '))]),
  ].join('\n');
}

const inBrackets = (text: string, rest: string | undefined): string =>
  rest === undefined || rest === '' ? text : `${text} (${rest})`;

const line = (label: string, text: string): string => `  ${label.padEnd(15)} ${text}`;

function formatDataset(dataset: DatasetMeaning, today: Date): string {
  const { event, delivery, curated, cost } = dataset;
  return [
    '',
    `${dataset.name}${dataset.description === undefined ? '' : `: ${dataset.description}`}`,
    line(
      'An event',
      `is identified by ${listed(event.id)}, happened at ${event.time}${event.sequence === undefined ? '' : `, and is ordered by ${event.sequence}`}; later than ${duration(event.lateAfterHours * 3600)} counts as late`,
    ),
    ...(event.primaryKey.length === 0 ? [] : [line('A row', `has the key ${listed(event.primaryKey)}`)]),
    ...(event.tenant === undefined ? [] : [line('Tenants', `are told apart by ${event.tenant}`)]),
    line(
      'Arrives',
      `${arrival(delivery)}; readable within ${duration(delivery.freshnessSeconds)}, of which the delivery may hold it for ${duration(delivery.bufferSeconds)}`,
    ),
    line(
      'Is read',
      `as ${delivery.database}.${delivery.view} (a view over ${delivery.table}), one row for each event of an arrival day`,
    ),
    ...(curated === undefined
      ? []
      : [
          line(
            'Is curated',
            `as ${delivery.database}.${curated.table}, one row for each ${listed(event.primaryKey)}; an event shows there within ${duration(curated.withinSeconds)}, by a fold every ${duration(curated.everyHours * 3600)}`,
          ),
        ]),
    '',
    indented(
      table(
        ['zone', 'keys', 'days', 'holds'],
        dataset.zones.map(({ zone, prefix, days, holds }) => [zone, prefix, String(days), holds]),
      ),
    ),
    line('Class', dataset.temperatures.retentionClass),
    indented(
      table(
        ['temperature', 'storage class', 'from day', 'to day', 'what arrives today', 'USD a GB and month'],
        dataset.temperatures.lifetimes.map(({ temperature, storageClass, fromDay, toDay, usdPerGbMonth }) => [
          temperature,
          CLASS_NAMES[storageClass],
          String(fromDay),
          String(toDay),
          `until ${dayAfter(today, toDay)}`,
          usdPerGbMonth.toFixed(5),
        ]),
      ),
    ),
    ...temperatureNotes(dataset),
    '',
    indented(
      table(
        ['role', 'may', 'path'],
        dataset.roles.map(({ actor, may, path }) => [actor, may, path]),
      ),
    ),
    ...dataset.protected.map(({ column, protection, stored }) =>
      line(`Protected`, `${column}: ${protection}, stored is ${stored}`),
    ),
    '',
    '  Refused at the door, and found in quarantine under the reason, is an event of which',
    indented(
      table(
        ['column', 'does not hold that it', 'reason'],
        dataset.refused.map(({ column, rule, reason }) => [column, rule, reason]),
      ),
    ),
    '  and one that is no JSON object in UTF-8, holds a key twice, or a column in another case.',
    ...(dataset.unchecked.length === 0
      ? []
      : ['', '  Stated, and checked by nothing yet:', ...dataset.unchecked.map((demand) => `    ${demand}`)]),
    '',
    line(
      'Costs',
      `${usd(cost.usd)} a month at list prices of ${cost.pricesAsOf}, for ${counted(event.perDay, 'event')} a day of ${bytes(event.bytes)}`,
    ),
    indented(
      table(
        ['part', 'USD a month'],
        [...costByPart(dataset)].map(([part, amount]) => [part, amount.toFixed(2)]),
      ),
    ),
    ...cost.alternatives.map(({ what, usd: amount }) => line('', `with ${what}: ${usd(amount)}`)),
    ...cost.assumptions.map((assumption) => line('', `assumed: ${assumption}`)),
  ].join('\n');
}

const arrival = ({ stack, intake }: DatasetMeaning['delivery']): string =>
  intake.deliveryStream === undefined
    ? `through its own stream in the stack ${stack}, since ${intake.why}`
    : `put straight into the delivery ${intake.deliveryStream} of the stack ${stack}, without a stream, since ${intake.why}`;

function temperatureNotes({ temperatures }: DatasetMeaning): string[] {
  const { planned, asDelivered } = temperatures;
  const saving = `saves ${usd(planned.savesPerGb)} of ${usd(planned.usdPerGbInStandard)} for a GB over its life, in deliveries as large as they may be`;
  return [
    line('Planned', planned.savesPerGb > 0 ? saving : 'nothing is cheaper than S3 Standard for what this data is needed for'),
    ...(asDelivered.moves
      ? []
      : [
          line(
            'But',
            `a delivery has about ${bytes(asDelivered.objectBytes)} at the stated volume and freshness: S3 moves nothing under 128 KB, so it all stays in S3 Standard`,
          ),
        ]),
  ];
}

/** USD by part of the way, in the order in which they come. */
function costByPart({ cost }: DatasetMeaning): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const { part, usd: amount } of cost.items) parts.set(part, (parts.get(part) ?? 0) + amount);
  return parts;
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((row) => `  ${row}`)
    .join('\n');
