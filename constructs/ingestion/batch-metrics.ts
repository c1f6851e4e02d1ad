import type { Answer } from '../../core/record/answer.ts';
import type { CompiledContract } from '../../core/record/compiled-contract.ts';
import type { JudgedRecord } from '../../core/record/judge-record.ts';

/** Where the counts of a batch are found again, by the alarms among others. */
export const METRICS_NAMESPACE = 'Headwaters';

/** Whose counts they are: environments may share an account and a region. */
export const metricDimensions = (environment: string, dataset: { readonly domain: string; readonly name: string }) => ({
  Environment: environment,
  Domain: dataset.domain,
  Dataset: dataset.name,
});

/** What is counted of a batch. */
export type BatchMetric =
  | 'AcceptedEvents'
  | 'QuarantinedEvents'
  | 'LateEvents'
  | 'EventsWithUnknownFields'
  | 'UnterminatedRecords'
  | 'DroppedRecords'
  | 'FailedRecords';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * One log line that CloudWatch turns into metrics: counts of a batch and never a value of it.
 *
 * @param acknowledged Whether the quarantine delivery has taken every reject of the record
 * @param now Milliseconds since the epoch
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function batchMetrics(
  environment: string,
  contract: CompiledContract,
  judged: readonly JudgedRecord[],
  answers: readonly Answer[],
  acknowledged: (record: JudgedRecord) => boolean,
  now: number,
): string {
  const delivered = new Set(answers.filter(({ result }) => result === 'Ok').map(({ recordId }) => recordId));
  const counts: Readonly<Record<BatchMetric, number>> = {
    AcceptedEvents: sum(judged.filter(({ recordId }) => delivered.has(recordId)).map(({ rows }) => rows.length)),
    QuarantinedEvents: sum(judged.filter(acknowledged).map(({ rejects }) => rejects.length)),
    LateEvents: sum(judged.map(({ late }) => late)),
    EventsWithUnknownFields: sum(judged.map(({ unknownFields }) => unknownFields)),
    UnterminatedRecords: judged.filter(({ unterminated }) => unterminated).length,
    DroppedRecords: answers.filter(({ result }) => result === 'Dropped').length,
    FailedRecords: answers.filter(({ result }) => result === 'ProcessingFailed').length,
  };
  const dimensions = metricDimensions(environment, { domain: contract.domain, name: contract.dataset });
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    ...dimensions,
    ...counts,
  });
}
