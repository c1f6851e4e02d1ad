import { UnknownMath, isArray, seriesAt, type Series, type Value } from './series.ts';

type Times = readonly number[];

const ofEachValue = (apply: (value: number) => number) => (series: Series, times: Times) =>
  seriesAt(times, (time) => {
    const value = series.get(time);
    return value === undefined ? undefined : apply(value);
  });

/** Compares each datapoint to the one before it, however far back; the first has none and is left out. */
const ofEachStep = (apply: (rise: number, seconds: number) => number) => (series: Series) => {
  const points = [...series];
  return new Map(
    points.flatMap(([time, value], index) => {
      const before = points[index - 1];
      return before === undefined ? [] : [[time, apply(value - before[1], (time - before[0]) / 1000)] as const];
    }),
  );
};

/** Of a time series another one; of several each one's. */
const EACH = new Map<string, (series: Series, times: Times) => Series>([
  ['ABS', ofEachValue(Math.abs)],
  ['CEIL', ofEachValue(Math.ceil)],
  ['FLOOR', ofEachValue(Math.floor)],
  ['DIFF', ofEachStep((rise) => rise)],
  ['RATE', ofEachStep((rise, seconds) => rise / seconds)],
  ['FILL REPEAT', fillRepeat],
  ['FILL LINEAR', fillLinear],
]);

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Of values with gaps one value. @param places How many values there would be without gaps */
const GATHER = new Map<string, (values: readonly number[], places: number) => number>([
  ['SUM', total],
  ['AVG', (values, places) => total(values) / places],
  ['MAX', (values) => Math.max(...values)],
  ['MIN', (values) => Math.min(...values)],
]);

/**
 * What a function of metric math comes to; `FILL` with a keyword has it in its name.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function callFunction(name: string, parts: readonly Value[], times: Times): Value {
  const [first, second] = parts;
  const gather = GATHER.get(name);
  if (gather !== undefined && parts.length === 1 && first !== undefined && typeof first !== 'number')
    return isArray(first) ? gatherAcross(name, gather, first.series, times) : gatherOne(name, gather, first, times);
  const each = EACH.get(name);
  if (each !== undefined && parts.length === 1) return mapEach(name, first, (series) => each(series, times));
  if (name === 'FILL' && parts.length === 2 && typeof second === 'number')
    return mapEach(name, first, (series) => seriesAt(times, (time) => series.get(time) ?? second));
  if (name === 'IF') return choose(parts, times);
  const isKnown = gather !== undefined || each !== undefined || ['FILL', 'PERIOD'].includes(name);
  throw new UnknownMath(`The function '${name}' is not simulated${isKnown ? ' for what it is given' : ''}`);
}

function mapEach(name: string, value: Value | undefined, apply: (series: Series) => Series): Value {
  if (value === undefined || typeof value === 'number')
    throw new UnknownMath(`The function '${name}' is not simulated for a scalar`);
  return isArray(value) ? { series: value.series.map(apply) } : apply(value);
}

/** Of one time series a scalar. */
function gatherOne(
  name: string,
  gather: (values: readonly number[], places: number) => number,
  series: Series,
  times: Times,
): number {
  if (series.size === 0 && name !== 'SUM')
    throw new UnknownMath(`The function '${name}' is not simulated for a time series without datapoints`);
  return gather([...series.values()], times.length);
}

/** Of several time series one, with a datapoint wherever one of them has one. Nobody says what `MAX` and `MIN` take a missing one for. */
function gatherAcross(
  name: string,
  gather: (values: readonly number[], places: number) => number,
  all: readonly Series[],
  times: Times,
): Series {
  return seriesAt(times, (time) => {
    const values = all.map((series) => series.get(time)).filter((value) => value !== undefined);
    if (values.length === 0) return undefined;
    if (values.length < all.length && (name === 'MAX' || name === 'MIN'))
      throw new UnknownMath(`The function '${name}' is not simulated for time series of which one lacks a datapoint`);
    return gather(values, all.length);
  });
}

/**
 * What is true at a time takes the second part, where it has no datapoint 0; what is false takes the third, where it has none nothing.
 */
function choose(parts: readonly Value[], times: Times): Series {
  const [condition, whenTrue, whenFalse] = parts.map((part) => {
    if (typeof part !== 'number' && isArray(part))
      throw new UnknownMath("The function 'IF' is not simulated for time series in brackets");
    return part;
  });
  if (condition === undefined || whenTrue === undefined || parts.length > 3)
    throw new UnknownMath(`The function 'IF' is not simulated with ${parts.length} parts`);
  if (typeof condition === 'number') {
    if (typeof whenTrue === 'number' || typeof whenFalse === 'number')
      throw new UnknownMath("The function 'IF' is not simulated for a scalar as its condition and another one");
    return condition === 0 ? (whenFalse ?? new Map<number, number>()) : whenTrue;
  }
  const at = (value: number | Series | undefined, time: number): number | undefined =>
    typeof value === 'number' ? value : value?.get(time);
  return seriesAt(times, (time) => {
    const truth = condition.get(time);
    if (truth === undefined) return undefined;
    return truth === 0 ? at(whenFalse, time) : (at(whenTrue, time) ?? 0);
  });
}

/** Each gap has the value before it; a gap at the beginning stays. */
function fillRepeat(series: Series, times: Times): Series {
  let last: number | undefined;
  return seriesAt(times, (time) => (last = series.get(time) ?? last));
}

/** Each gap is a straight line from the value before it to the one after it; a gap without one of these stays. */
function fillLinear(series: Series, times: Times): Series {
  const points = [...series];
  return seriesAt(times, (time) => {
    const value = series.get(time);
    if (value !== undefined) return value;
    const before = points.findLast(([at]) => at < time);
    const after = points.find(([at]) => at > time);
    if (before === undefined || after === undefined) return undefined;
    return before[1] + ((after[1] - before[1]) * (time - before[0])) / (after[0] - before[0]);
  });
}
