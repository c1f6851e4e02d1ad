import { createHash } from 'node:crypto';
import { doneKey, parseDone, type Done } from '../../../core/replay/layout.ts';
import { originalReader } from '../../../core/replay/originals.ts';
import { COPIES } from '../../../core/replay/copies.ts';
import { formatProgress, parseProgress, type Progress } from '../../../core/replay/progress.ts';
import { replayObject, type ObjectOutcome } from '../../../core/replay/replay-object.ts';
import type { Source } from '../../../core/replay/request.ts';
import { addRows, type Row } from '../../../core/replay/rows.ts';

class Killed extends Error {}

/** One object, its marks and the stream; each call may be the one in which the run is killed. */
class World {
  readonly stream: string[] = [];
  progress: string | undefined;
  done: Done | undefined;
  calls = 0;
  killAt = Infinity;
  /** Of the n-th event that is put, whether the stream takes it. */
  takes: (event: number) => boolean = () => true;
  lines: readonly (string | Uint8Array | undefined)[];
  accepts = (event: string): boolean => event.startsWith('good');
  handler = 'a1';
  linesAtOnce = Infinity;
  private puts = 0;

  constructor(
    private readonly source: Source,
    events: readonly (string | Uint8Array | undefined)[],
  ) {
    this.lines = events.map((event) =>
      source === 'raw' || typeof event !== 'string' ? event : JSON.stringify({ original: Buffer.from(event).toString('base64') }),
    );
  }

  /** A call that dies before it, and, at the next number, after it. */
  private async call<T>(effect: () => T): Promise<T> {
    if (++this.calls === this.killAt) throw new Killed();
    const result = effect();
    if (++this.calls === this.killAt) throw new Killed();
    return result;
  }

  async once(place: { line: number; resumed: boolean }, dryRun = false): Promise<ObjectOutcome> {
    let read = 0;
    const { lines } = this;
    const reasons = this.source === 'raw' ? { accepted: 'accepted', rejected: 'rejected' } : { accepted: 'r', rejected: 'r' };
    return replayObject(
      {
        handler: this.handler,
        read: originalReader(this.source),
        accepts: (bytes) => this.accepts(Buffer.from(bytes).toString()),
        reasons,
        remembersLines: this.source === 'quarantine',
        dryRun,
        ...place,
      },
      {
        lines: (async function* () {
          for (const line of lines) {
            read += 1;
            yield typeof line === 'string' ? Buffer.from(line) : line;
          }
        })(),
        readProgress: () => this.call(() => (this.progress === undefined ? undefined : parseProgress(this.progress))),
        writeProgress: (progress: Progress) => this.call(() => void (this.progress = formatProgress(progress))),
        writeDone: (done) => this.call(() => void (this.done = done)),
        put: (events) =>
          this.call(() =>
            events.map((event) => {
              const taken = this.takes((this.puts += 1));
              if (taken) this.stream.push(Buffer.from(event).toString());
              return taken;
            }),
          ),
        mayGoOn: () => read % this.linesAtOnce !== 0,
      },
    );
  }

  /** A whole run, of as many invocations as it needs. */
  async run(dryRun = false): Promise<Row[]> {
    let place = { line: 0, resumed: false };
    let rows: readonly Row[] = [];
    for (let rounds = 0; ; rounds += 1) {
      if (rounds > 1000) throw new Error('it goes round for ever');
      const outcome = await this.once(place, dryRun);
      rows = addRows(rows, outcome.rows);
      if (outcome.finished) return [...rows];
      place = { line: outcome.line, resumed: true };
    }
  }
}

const EVENTS = ['good 1', 'bad 1', 'good 2', 'good 1', '', 'good 3', 'bad 2', 'good 4'];
const DISTINCT = ['good 1', 'good 2', 'good 3', 'good 4'];
const big = (count: number): string[] => Array.from({ length: count }, (_, index) => `good ${index} ${'x'.repeat(100_000)}`);
const of = (reason: string, found: number, fixable: number, replayed: number, stillBad: number, before: number): Row => ({
  reason,
  found,
  fixable,
  replayed,
  stillBad,
  before,
});

test('puts what is accepted, once for each identity, and leaves the rest', async () => {
  const world = new World('quarantine', EVENTS);
  expect(await world.run()).toEqual([of('r', 7, 4, 4, 3, 0)]);
  expect(world.stream).toEqual(DISTINCT);
  expect(world.done).toEqual({ put: 4, left: 3 });
});

test('of raw, puts every accepted line, and says apart what is rejected', async () => {
  const world = new World('raw', EVENTS);
  expect(await world.run()).toEqual([of('accepted', 5, 5, 5, 0, 0), of('rejected', 2, 0, 0, 2, 0)]);
  expect(world.stream).toEqual(EVENTS.filter((event) => event.startsWith('good')));
});

test('of raw, passes over what a replay has put there', async () => {
  const world = new World('raw', ['good 1', COPIES.begin, 'good 2', 'bad 1', COPIES.end, 'good 3']);
  expect(await world.run()).toEqual([of('accepted', 2, 2, 2, 0, 0)]);
  expect(world.stream).toEqual(['good 1', 'good 3']);
});

test.each(['quarantine', 'raw'] as const)('a dry run of %s counts the same, and changes nothing', async (source) => {
  const world = new World(source, EVENTS);
  const dry = await world.run(true);
  expect({ stream: world.stream, progress: world.progress, done: world.done }).toEqual({
    stream: [],
    progress: undefined,
    done: undefined,
  });
  const wet = await world.run();
  expect(dry).toEqual(wet.map((row) => ({ ...row, replayed: 0 })));
});

test.each(['quarantine', 'raw'] as const)('a second run of %s by the same handler puts nothing', async (source) => {
  const world = new World(source, EVENTS);
  const first = await world.run();
  const stream = [...world.stream];
  const second = await world.run();
  expect(world.stream).toEqual(stream);
  expect(second).toEqual(first.map((row) => ({ ...row, before: row.replayed, fixable: 0, replayed: 0 })));
});

test('of quarantine, another handler puts what it accepts more, and never again what was put', async () => {
  const world = new World('quarantine', EVENTS);
  await world.run();
  world.handler = 'b2';
  world.accepts = (event) => event !== 'bad 2' && event !== '';
  expect(await world.run()).toEqual([of('r', 7, 1, 1, 2, 4)]);
  expect(world.stream).toEqual([...DISTINCT, 'bad 1']);
  expect(world.done).toEqual({ put: 5, left: 2 });
  world.handler = 'c3';
  world.accepts = () => false; // what was put stays put, whatever a later contract thinks of it
  expect(await world.run()).toEqual([of('r', 7, 0, 0, 2, 5)]);
});

test('of raw, another handler puts all of it anew', async () => {
  const world = new World('raw', EVENTS);
  await world.run();
  world.handler = 'b2';
  expect(await world.run()).toEqual([of('accepted', 5, 5, 5, 0, 0), of('rejected', 2, 0, 0, 2, 0)]);
  expect(world.stream).toHaveLength(10);
});

test.each(['quarantine', 'raw'] as const)('of %s, nothing counts twice where time runs out after each line', async (source) => {
  const whole = new World(source, EVENTS);
  const parts = new World(source, EVENTS);
  parts.linesAtOnce = 1;
  expect(await parts.run()).toEqual(await whole.run());
  expect(parts.stream).toEqual(whole.stream);
  const dry = new World(source, EVENTS);
  dry.linesAtOnce = 1;
  expect(await dry.run(true)).toEqual(await new World(source, EVENTS).run(true));
});

test.each(['quarantine', 'raw'] as const)(
  'of %s, killed in any call, the next run loses nothing and finishes',
  async (source) => {
    const events = [...EVENTS, ...big(7)];
    const fresh = () => new World(source, events);
    const whole = fresh();
    await whole.run();
    const expected = new Set(whole.stream);
    let kills = 0;
    for (let killAt = 1; killAt <= whole.calls; killAt += 1) {
      const world = fresh();
      world.killAt = killAt;
      await expect(world.run()).rejects.toThrow(Killed);
      kills += 1;
      world.killAt = Infinity;
      const rows = await world.run();
      expect(new Set(world.stream)).toEqual(expected);
      expect(world.stream.length - whole.stream.length).toBeLessThanOrEqual(8); // the events of one call
      expect(rows.reduce((sum, { fixable, before }) => sum + fixable + before, 0)).toBe(whole.stream.length);
      const size = world.stream.length;
      await world.run();
      expect(world.stream).toHaveLength(size);
    }
    expect(kills).toBeGreaterThan(8);
  },
);

test.each(['quarantine', 'raw'] as const)(
  'of %s, what the stream refuses is put when it takes more, and counted once',
  async (source) => {
    for (let pattern = 2; pattern < 6; pattern += 1) {
      const world = new World(source, [...EVENTS, ...big(5)]);
      world.takes = (event) => event % pattern === 0 || event > 30;
      const rows = await world.run();
      const whole = new World(source, [...EVENTS, ...big(5)]);
      expect(rows).toEqual(await whole.run());
      expect(new Set(world.stream)).toEqual(new Set(whole.stream));
      if (source === 'quarantine') expect(world.stream).toHaveLength(whole.stream.length); // what was taken is remembered, event by event
    }
  },
);

test.each([
  ['no envelope', 'quarantine', Buffer.from('no json')],
  ['an envelope without its original', 'quarantine', Buffer.from('{"sha256":"00"}')],
  ['a line without its end', 'raw', undefined],
] as const)('%s stays where it is, and stops nothing', async (_, source, line) => {
  const world = new World(source, [line, 'good 1']);
  const rows = await world.run();
  expect(rows.reduce((sum, { stillBad }) => sum + stillBad, 0)).toBe(1);
  expect(world.stream).toEqual(['good 1']);
});

test('an event that no record can carry stays where it is', async () => {
  const world = new World('quarantine', [`good ${'x'.repeat(1_000_000)}`]);
  expect(await world.run()).toEqual([of('r', 1, 0, 0, 1, 0)]);
});

test('marks hold nothing of an event', async () => {
  const world = new World('quarantine', ['good secret-7', ...big(4), 'bad secret-8']);
  await world.run();
  const key = doneKey('keep30-hot30/energy/readings/reason=not-listed/dt=2026-03-01/x.gz', 'quarantine', 'a1', {
    put: 5,
    left: 1,
  });
  expect(parseDone(key)).toEqual({
    marks: 'keep30-hot30/energy/_replay/readings/quarantine/reason=not-listed/dt=2026-03-01/x.gz',
    handler: 'a1',
    put: 5,
    left: 1,
  });
  expect(world.progress).toBeDefined();
  for (const text of ['secret', 'good', createHash('sha256').update('good secret-7').digest('hex').slice(0, 8)])
    expect(world.progress).not.toContain(text);
});
