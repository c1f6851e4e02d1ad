import type { Flag, History, Violation } from './history.ts';

/** How many events were counted as what, by the platform's own metrics. */
export type Flagged = Readonly<Record<Flag, number>>;

/** The metrics of a flag: counts in lines that CloudWatch takes metrics from. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const METRIC: Readonly<Record<Flag, RegExp>> = {
  late: /"LateEvents":(\d+)/,
  'unknown fields': /"EventsWithUnknownFields":(\d+)/,
};

/** Sums what log lines say. */
export function flaggedIn(logs: readonly string[]): Flagged {
  const sum = (metric: RegExp): number => logs.reduce((total, line) => total + Number(metric.exec(line)?.[1] ?? 0), 0);
  return { late: sum(METRIC.late), 'unknown fields': sum(METRIC['unknown fields']) };
}

/** Where nothing was put or judged twice, each flagged event is counted once, and no other is. Part of I1: what is accepted with a flaw is told. */
export function wrongFlags(produced: History['produced'], said: Flagged): readonly Violation[] {
  return (['late', 'unknown fields'] as const).flatMap((flag): Violation[] => {
    const due = produced.filter(({ expected }) => expected.verdict === 'accept' && expected.flag === flag).length;
    return said[flag] === due
      ? []
      : [{ invariant: 'I1', message: `${said[flag]} events were counted as ${flag}, must be ${due}` }];
  });
}
