import { PRICES_AS_OF } from '../../core/cost/prices.ts';
import { counted } from '../../core/counted.ts';
import { SHARES } from '../../core/demo/plant-faults.ts';
import { bytes, table } from '../table.ts';
import { unbalanced, type DemoSummary } from './summary.ts';

const number = new Intl.NumberFormat('en-US');

/** What a person reads at the end. */
export function formatReport(summary: DemoSummary): string {
  const broken = unbalanced(summary);
  const percent = (share: number) => `${share * 100} %`;
  return [
    heading('What was put, and where each event is'),
    `Planted: ${percent(SHARES.bad)} bad, ${percent(SHARES.duplicate)} sent twice, ${percent(SHARES.late)} days late.`,
    table(
      ['dataset', 'produced', 'accepted', 'quarantined', 'duplicates', 'JSON', 'Parquet', 'ratio'],
      summary.datasets.map(({ name, produced, accepted, quarantined, duplicates, jsonBytes, parquetBytes }) => [
        name,
        number.format(produced),
        number.format(accepted),
        number.format(quarantined),
        number.format(duplicates),
        bytes(jsonBytes),
        bytes(parquetBytes),
        `1 / ${(jsonBytes / Math.max(1, parquetBytes)).toFixed(1)}`,
      ]),
    ),
    broken.length === 0
      ? 'Every event produced is accepted or quarantined, counted over distinct identities.'
      : broken
          .map(
            ({ name, produced, accepted, quarantined }) =>
              `LOST: '${name}' produced ${produced}, but ${accepted} + ${quarantined} arrived.`,
          )
          .join('\n'),
    ...summary.leftOut.map(({ name, code, reason }) => `LEFT OUT: '${name}' has no events. ${code}: ${reason}.`),
    ...summary.fewer.map(
      ({ name, events }) =>
        `FEWER: '${name}' has ${counted(events, 'event')} made up, as no more can have an id of their own; --rows does not change that.`,
    ),
    heading('Quarantined, by reason'),
    table(
      ['dataset', 'reason', 'events'],
      summary.datasets.flatMap(({ name, reasons }) =>
        Object.entries(reasons).map(([reason, count]) => [name, reason, number.format(count)]),
      ),
    ),
    ...summary.questions.flatMap(({ name, columns, rows, scannedBytes }) => [
      heading(name),
      table(
        columns,
        rows.map((row) => row.map((value) => value ?? '')),
      ),
      `Scanned: ${bytes(scannedBytes)} (a model); Athena bills 10.5 MB at least`,
    ]),
    heading('A year later: where the objects went'),
    table(
      ['zone', 'dataset', 'temperature', 'objects', 'size', 'USD a month'],
      summary.tiers.map(({ zone, dataset, temperature, objects, bytes: size, monthlyCost }) => [
        zone,
        dataset,
        temperature,
        number.format(objects),
        bytes(size),
        monthlyCost.toFixed(6),
      ]),
    ),
    `Storage costs ${summary.tiers.reduce((sum, { monthlyCost }) => sum + monthlyCost, 0).toFixed(6)} USD a month, at us-east-1 list prices of ${PRICES_AS_OF}; what is not listed has expired.`,
    'S3 moves no object under 128 KB: what is smaller stays hot.',
    '',
    `${summary.seconds.toFixed(1)} s, ${bytes(summary.peakMemoryBytes)} of memory at the peak.`,
  ].join('\n');
}

const heading = (text: string): string => `\n${text}`;
