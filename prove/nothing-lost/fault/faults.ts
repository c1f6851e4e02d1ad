import type { IngestionForm } from '../../../core/ingestion/ingestion-form.ts';
import { FAULT_KINDS, FAULT_POINTS, type FaultPoint } from '../../../local/faults/faults.ts';
import { ClaimFails } from '../../claim.ts';
import { coldStart } from './cold-start.ts';
import { checkpointOf, fallBack } from './crash.ts';
import { allWaves, COPIES, COPIES_AND_PARKS, EXACT, HOUR, MINUTE, PARKS, SECOND, type Fault } from './fault.ts';
import { planted } from './planted.ts';
import { CHANGE, closedShards, double, merge, split } from './reshard.ts';
import { spoilt } from './spoilt-function.ts';
import { spoiltTemplate, without } from './spoilt-template.ts';
import { Witness } from './witness.ts';

/** Past the lifetime of an iterator. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
const ITERATOR_DIES = 5 * MINUTE + SECOND;

/** Every point of the runtime but those where a reader from outside asks, who is refused and not harmed. */
const STORM = FAULT_POINTS.filter((at) => at !== 's3:request').flatMap((at: FaultPoint) =>
  FAULT_KINDS[at].map((fault) => ({ at, fault, probability: 0.1, ...(at === 'firehose:put' && { times: 3 }) })),
);

/** What all others are held against. */
const CALM: Fault = {
  id: 'X0',
  says: 'nothing goes wrong',
  allowed: EXACT,
  calm: true,
  during: async (scene) => {
    await allWaves(scene);
    return scene.waves;
  },
};

/** F1 to F6: between a producer and its stream, or the consumers of that. */
const OF_STREAMS: readonly Fault[] = [
  planted('F1', 'a record is stored and its answer lost', EXACT, [{ at: 'kinesis:put', fault: 'answerLost', every: 3 }]),
  planted('F2', 'each second record of a call fails', EXACT, [{ at: 'kinesis:put', fault: 'internalFailure', every: 2 }]),
  planted('F3-25', 'a quarter of the records is throttled', EXACT, [{ at: 'kinesis:put', fault: 'throttle', probability: 0.25 }]),
  planted('F3-100', 'every record is throttled for a minute', EXACT, [
    { at: 'kinesis:put', fault: 'throttle', until: { after: MINUTE } },
  ]),
  planted('F4-put', 'the stream answers 500 for half a minute', EXACT, [
    { at: 'kinesis:put', fault: 'internalFailure', until: { after: 30 * SECOND } },
  ]),
  planted('F4-read', 'no read of the stream is served for five minutes', EXACT, [
    { at: 'kinesis:read', fault: 'throttle', until: { after: 5 * MINUTE } },
  ]),
  {
    id: 'F5',
    says: 'a reader’s iterator expires',
    allowed: EXACT,
    during: async (scene) => {
      const witness = new Witness(scene.session);
      for (let next = 0; next < scene.waves; next += 1) {
        await scene.wave();
        await witness.read();
        await scene.session.clock.advance(ITERATOR_DIES);
      }
      await witness.read();
      const read = new Set(witness.records.values());
      const missed = scene.acknowledged().filter((sha256) => !read.has(sha256)).length;
      if (missed > 0) throw new ClaimFails([`a reader whose iterator expired has missed ${missed} records`]);
      return witness.expired;
    },
  },
  {
    id: 'F6',
    says: 'shards are split and merged in the middle of a batch',
    allowed: EXACT,
    during: async (scene) => {
      const { session } = scene;
      for (const [index, change] of [double, split, merge].entries()) {
        await change(session);
        if (index < scene.waves) await scene.wave();
        await session.clock.advance(CHANGE);
      }
      await allWaves(scene, 3);
      return closedShards(session);
    },
  },
  planted('X1', 'a read brings its last record twice', COPIES, [{ at: 'kinesis:read', fault: 'duplicate' }]),
  planted('X2', 'a read brings its records last first', EXACT, [{ at: 'kinesis:read', fault: 'reorder' }]),
  {
    id: 'F7-before',
    says: 'the consumer ends before its checkpoint, and begins again from an older one',
    allowed: COPIES,
    during: async (scene) => {
      await scene.wave();
      const checkpoint = await checkpointOf(scene.session);
      await allWaves(scene, 1);
      await scene.session.clock.advance(16 * MINUTE); // what it had in hand lies in S3 by now
      await fallBack(scene.session, checkpoint);
      return 1;
    },
  },
  {
    id: 'X3',
    says: 'the consumer begins again from the same old checkpoint, twice',
    allowed: COPIES,
    during: async (scene) => {
      const checkpoint = await checkpointOf(scene.session);
      await allWaves(scene);
      await fallBack(scene.session, checkpoint);
      await scene.session.clock.advance(5 * SECOND);
      await fallBack(scene.session, checkpoint);
      return 2;
    },
  },
  spoiltTemplate('X11', 'the delivery may not read the stream', EXACT, without('ReadStream'), /AccessDenied|not authorized/),
  spoiltTemplate(
    'X12',
    'the delivery may not decrypt the stream',
    EXACT,
    without('DecryptStream'),
    /AccessDenied|not authorized/,
  ),
];

/** Between a producer and a delivery that reads no stream; rejects are put in one too. */
const OF_DELIVERIES: readonly Fault[] = [
  planted('F4-reject', 'a delivery answers 503 three times', EXACT, [{ at: 'firehose:put', fault: 'unavailable', times: 3 }]),
  planted('X7', 'each second put in a delivery fails for its last', EXACT, [
    { at: 'firehose:put', fault: 'partial', every: 2, times: 20 },
  ]),
];

/** F7: the platform’s process ends. */
const OF_PROCESSES: readonly Fault[] = [
  {
    id: 'F7-after',
    says: 'the consumer ends behind its checkpoint, with all that it had in hand saved',
    allowed: EXACT,
    during: async (scene) => {
      for (let next = 0; next < scene.waves; next += 1) {
        await scene.wave();
        await scene.session.restart();
      }
      return scene.waves;
    },
  },
];

/** F8 to F13: the transform function. */
const OF_FUNCTIONS: readonly Fault[] = [
  spoilt('F8', 'the function throws twice', EXACT, 'throws', 2),
  spoilt('F8-always', 'the function throws each time', PARKS, 'throws'),
  spoilt('F8-late', 'the function throws twice when its rejects are in quarantine', COPIES, 'throws-late', 2),
  spoilt('F8-exit', 'the function’s process ends when its rejects are in quarantine', COPIES, 'exits', 1),
  planted('F9', 'three invocations time out', EXACT, [{ at: 'firehose:lambda', fault: 'timeout', times: 3 }]),
  planted('F9-always', 'every invocation times out', PARKS, [{ at: 'firehose:lambda', fault: 'timeout' }]),
  planted(
    'F10',
    'the first invocations of a cold function take too long',
    EXACT,
    [{ at: 'firehose:lambda', fault: 'timeout', times: 2 }],
    {
      restarted: true,
    },
  ),
  planted('F11', 'the function takes no invocation, as with a concurrency of 0', PARKS, [
    { at: 'firehose:lambda', fault: 'error' },
  ]),
  spoilt('F12', 'the function answers too much, twice', COPIES, 'answers-too-much', 2),
  spoilt('F12-always', 'the function answers too much each time', COPIES_AND_PARKS, 'answers-too-much'),
  spoilt('F13', 'the function leaves a record out, twice', COPIES, 'forgets-a-record', 2),
  spoilt('F13-always', 'the function leaves a record out each time', COPIES_AND_PARKS, 'forgets-a-record'),
  spoilt('X4', 'the function answers a record twice, two times', COPIES, 'repeats-a-record', 2),
  spoilt('X5', 'the function answers nothing, twice', COPIES, 'answers-nothing', 2),
  spoilt('X6', 'the function answers Ok without data, twice', COPIES, 'answers-without-data', 2),
];

const isClean = (resource: string): boolean => resource.includes('Clean');
const isErrors = (resource: string): boolean => resource.includes('_errors/');

/** F14 to F18: buckets and keys. */
const OF_STORES: readonly Fault[] = [
  planted(
    'F14',
    'S3 answers every write of a delivery with 503 for twenty minutes',
    EXACT,
    [{ at: 'firehose:s3', fault: 'unavailable' }],
    {
      lasting: 20 * MINUTE,
    },
  ),
  spoiltTemplate(
    'F15',
    'the delivery may not write data',
    EXACT,
    without('WriteObjects', (resource) => !isClean(resource) || isErrors(resource)),
    /S3\.AccessDenied|not authorized/,
  ),
  spoiltTemplate(
    'F16',
    'the delivery may not write under its error prefix, when the function fails',
    PARKS,
    without('WriteObjects', (resource) => !isErrors(resource)),
    /S3\.AccessDenied|not authorized/,
    async ({ session: { assembly } }, during) => {
      assembly.mischief.begin('throws', 1_000);
      await during();
      assembly.mischief.end();
    },
  ),
  spoiltTemplate(
    'X8',
    'the delivery may not write what it received',
    EXACT,
    without('WriteObjects', (resource) => !resource.includes('Raw')),
    /S3\.AccessDenied|not authorized/,
  ),
  spoiltTemplate(
    'X9',
    'the quarantine delivery may not write',
    EXACT,
    without('WriteRejects'),
    /S3\.AccessDenied|not authorized/,
  ),
  spoiltTemplate('X10', 'the function may not put rejects', PARKS, without('QuarantineRejects'), /AccessDenied|not authorized/),
  spoiltTemplate('X13', 'the delivery may not invoke the function', PARKS, without('Transform'), /AccessDenied|not authorized/),
  planted(
    'F17',
    'KMS throttles each second use of a key',
    COPIES_AND_PARKS,
    [{ at: 'kms:use', fault: 'throttle', every: 2 }],
    { lasting: 20 * MINUTE }, // longer than any buffer waits: within one there may be a single use
  ),
  planted(
    'F18',
    'every key is disabled for ten minutes',
    EXACT,
    [{ at: 'kms:use', fault: 'disabled', until: { after: 10 * MINUTE } }],
    {
      lasting: 10 * MINUTE,
    },
  ),
  coldStart,
];

/** F19, and all at once. */
const OF_TIME: readonly Fault[] = [
  {
    id: 'F19',
    says: 'the clock jumps an hour ahead between two waves',
    allowed: EXACT,
    during: async (scene) => {
      const { session } = scene;
      await scene.wave();
      session.faults.plant({ seed: 1, rules: [{ at: 'clock', step: HOUR, when: { after: SECOND } }] }, session.clock.now());
      session.faults.scheduleSteps(session.clock);
      await allWaves(scene, 1);
      return session.faults.lift().reduce((sum, { taken }) => sum + taken, 0);
    },
  },
  ...[HOUR, -HOUR].map((skew): Fault => ({
    id: skew > 0 ? 'F19-ahead' : 'F19-behind',
    says: `the producer’s clock is an hour ${skew > 0 ? 'ahead' : 'behind'}`,
    allowed: EXACT,
    skew,
    during: async (scene) => {
      await allWaves(scene);
      return scene.waves;
    },
  })),
  planted('X14', 'everything that the runtime can do wrong, at one of ten occasions', COPIES_AND_PARKS, STORM, {
    lasting: 30 * MINUTE,
  }),
];

/** Every fault of RELIABILITY 1.2 that the runtime can be brought to, and worse, by the form of ingestion that can meet it. */
export const FAULTS: Readonly<Record<IngestionForm, readonly Fault[]>> = {
  stream: [CALM, ...OF_STREAMS, ...OF_DELIVERIES, ...OF_PROCESSES, ...OF_FUNCTIONS, ...OF_STORES, ...OF_TIME],
  'direct-put': [CALM, ...OF_DELIVERIES, ...OF_PROCESSES, ...OF_FUNCTIONS, ...OF_STORES, ...OF_TIME],
};

/** What it cannot be brought to, and why: said with the claim, so that nobody takes it for proved. */
export const GAPS: readonly { readonly id: string; readonly why: string }[] = [
  { id: 'F19', why: 'the clock of a service never goes back; a producer’s clock that is behind is met as F19-behind' },
  { id: 'F20', why: 'nothing in the platform takes events of S3 yet' },
];
