import { SimulatedClock } from '../../../local/clock.ts';
import { FAULT_KINDS, FAULT_POINTS, type FaultPoint } from '../../../local/faults/faults.ts';
import { SeededFaults, type FaultPlan, type FaultRule } from '../../../local/faults/index.ts';

const BEGIN = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const stream = (name: string): string => `arn:aws:kinesis:us-east-1:123456789012:stream/${name}`;

function faultsOf(...rules: FaultPlan['rules']) {
  return new SeededFaults({ seed: 1, rules }, BEGIN);
}
const throttle = (rest: Partial<FaultRule> = {}): FaultRule => ({ at: 'kinesis:put', fault: 'throttle', ...rest });

/** Asks so many times, and answers with the numbers of the occasions that met a fault. */
function struck(faults: SeededFaults, times: number, { resource = stream('a'), time = BEGIN } = {}): number[] {
  return Array.from({ length: times }, (_, index) => index + 1).filter(
    () => faults.take('kinesis:put', { operation: 'kinesis:PutRecords', resource, time }) !== undefined,
  );
}

test('a rule strikes at each occasion, unless it says less', () => {
  expect(struck(faultsOf(throttle()), 4)).toEqual([1, 2, 3, 4]);
  expect(struck(faultsOf(throttle({ every: 3 })), 10)).toEqual([3, 6, 9]);
  expect(struck(faultsOf(throttle({ times: 2 })), 10)).toEqual([1, 2]);
  expect(struck(faultsOf(throttle({ every: 2, times: 2 })), 10)).toEqual([2, 4]);
});

test('a share is of the seed: the same one strikes at the same occasions', () => {
  const rule = throttle({ probability: 0.25 });
  const of = (seed: number): number[] => struck(new SeededFaults({ seed, rules: [rule] }, BEGIN), 4_000);
  expect(of(7)).toEqual(of(7));
  expect(of(7)).not.toEqual(of(8));
  expect(of(7).length).toBeGreaterThan(900);
  expect(of(7).length).toBeLessThan(1_100);
  expect(struck(faultsOf(throttle({ probability: 1 })), 5)).toEqual([1, 2, 3, 4, 5]);
});

test('a rule does not hear of what another meets: its faults stay where they are', () => {
  const rule = throttle({ probability: 0.5, where: 'a' });
  const [alone, beside] = [faultsOf(rule), faultsOf(rule, throttle({ where: 'b', every: 2 }))];
  const asked = Array.from({ length: 50 }, () => {
    struck(beside, 1, { resource: stream('b') });
    return [struck(alone, 1), struck(beside, 1)];
  });
  for (const [first, second] of asked) expect(second).toEqual(first);
});

test('a rule strikes from its first moment until its last, of the run or of the calendar', () => {
  const times = [-1, 0, 9, 10, 19, 20].map((minutes) => BEGIN + minutes * MINUTE);
  const when = (rest: Partial<FaultRule>): number[] => {
    const faults = faultsOf(throttle(rest));
    return times.filter((time) => struck(faults, 1, { time }).length > 0).map((time) => (time - BEGIN) / MINUTE);
  };
  expect(when({ from: { after: 10 * MINUTE }, until: { after: 20 * MINUTE } })).toEqual([10, 19]);
  expect(when({ from: { at: BEGIN }, until: { at: BEGIN + 10 * MINUTE } })).toEqual([0, 9]);
});

test('the first rule that has a fault gives it, and each is counted where it was given', () => {
  const faults = faultsOf(
    throttle({ where: 'b', line: 3 }),
    throttle({ every: 2, times: 1 }),
    { at: 'kinesis:put', fault: 'answerLost' },
    { at: 's3:request', fault: 'internalError' },
  );
  const given = [1, 2, 3, 4].map(() => faults.take('kinesis:put', { operation: 'x', resource: stream('a'), time: BEGIN }));
  expect(given).toEqual(['answerLost', 'throttle', 'answerLost', 'answerLost']);
  expect(faults.counts()).toEqual([
    { at: 'kinesis:put', fault: 'throttle', where: 'b', line: 3, met: 0, taken: 0 },
    { at: 'kinesis:put', fault: 'throttle', met: 4, taken: 1 },
    { at: 'kinesis:put', fault: 'answerLost', met: 3, taken: 3 },
    { at: 's3:request', fault: 'internalError', met: 0, taken: 0 },
  ]);
});

const kinds = FAULT_POINTS.flatMap((at) => FAULT_KINDS[at].map((fault): [FaultPoint, FaultRule['fault']] => [at, fault]));
test.each(kinds)('%s meets %s, and no other point does', (at, fault) => {
  const faults = faultsOf({ at, fault });
  const about = { operation: 'x', resource: stream('a'), time: BEGIN };
  expect(FAULT_POINTS.map((point) => faults.take(point, about)).filter((taken) => taken !== undefined)).toEqual([fault]);
});

test('the clock jumps when its time has come, and a time that is over does not come again', async () => {
  const clock = new SimulatedClock(BEGIN);
  const faults = faultsOf(
    { at: 'clock', step: 5 * MINUTE, when: { after: 10 * MINUTE } },
    { at: 'clock', step: MINUTE, when: { at: BEGIN - 1 } },
  );
  faults.scheduleSteps(clock, (milliseconds) => void clock.advance(milliseconds));
  await clock.advance(9 * MINUTE);
  expect(faults.counts().map(({ taken }) => taken)).toEqual([0, 0]);
  await clock.advance(MINUTE);
  await clock.advance(0);
  expect(clock.now() - BEGIN).toBe(15 * MINUTE);
  expect(faults.counts()).toEqual([
    { at: 'clock', fault: 'step', met: 1, taken: 1 },
    { at: 'clock', fault: 'step', met: 0, taken: 0 },
  ]);
});
