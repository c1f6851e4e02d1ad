import { rowsByName, type AnswerRow } from '../platform/ask.ts';
import type { Tier } from '../platform/zones.ts';

/** One dataset's numbers, each from its own source: the producer's log, SQL over the Parquet, the objects in quarantine. */
export interface DatasetSummary {
  readonly name: string;
  readonly produced: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Further copies of events, good or bad. */
  readonly duplicates: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** As put, copies too. */
  readonly jsonBytes: number;
  /** As it lies in `clean`. */
  readonly parquetBytes: number;
}

export interface QuestionSummary {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly AnswerRow[];
  readonly scannedBytes: number;
}

export interface DemoSummary {
  readonly datasets: readonly DatasetSummary[];
  /** Datasets that no events could be made up for. */
  readonly leftOut: readonly { readonly name: string; readonly code: string; readonly reason: string }[];
  /** Datasets that have fewer events than `--rows` asks for: no more of them can have an id of their own. */
  readonly fewer: readonly { readonly name: string; readonly events: number }[];
  readonly questions: readonly QuestionSummary[];
  /** A year on. */
  readonly tiers: readonly Tier[];
  readonly seconds: number;
  readonly peakMemoryBytes: number;
}

/** Datasets of which something is missing, or more arrived than was sent. */
export const unbalanced = (summary: DemoSummary): readonly DatasetSummary[] =>
  summary.datasets.filter(({ produced, accepted, quarantined }) => produced !== accepted + quarantined);

/** What a program reads. */
export function toJson({ datasets, leftOut, fewer, questions, tiers, seconds }: DemoSummary): string {
  return JSON.stringify({
    datasets: datasets.map(({ name, produced, accepted, quarantined, duplicates, reasons }) => ({
      name,
      produced,
      accepted,
      quarantined,
      duplicates,
      reasons,
    })),
    leftOut,
    fewer,
    queries: questions.map((question) => ({ name: question.name, rows: rowsByName(question) })),
    tiers: tiers.map(({ zone, dataset, temperature, objects, bytes }) => ({ zone, dataset, temperature, objects, bytes })),
    seconds,
  });
}
