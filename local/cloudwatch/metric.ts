/** A metric of CloudWatch: a namespace, a name, and dimensions, each set of which is a metric of its own. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Takes a value that a service measures of itself, now. */
export type Measure = (namespace: string, dimensions: Metric['dimensions'], values: Readonly<Record<string, number>>) => void;

/** What tells metrics apart. */
export const idOf = ({ namespace, name, dimensions }: Metric): string =>
  JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1))]);
