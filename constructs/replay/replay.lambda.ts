import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { answeredWithin } from '../../core/aws/answered-within.ts';
import { parseCompiledContract, type CompiledContract } from '../../core/record/compiled-contract.ts';
import { acceptsOriginal } from '../../core/replay/judge-original.ts';
import { listSources, reasonsOf } from '../../core/replay/list-sources.ts';
import { operationInput, type ListAnswer, type ReplayAnswer, type ReplayInput } from '../../core/replay/operations.ts';
import { originalReader } from '../../core/replay/originals.ts';
import { replayGroup } from '../../core/replay/replay-group.ts';
import { parseRequest, type ReplayRequest } from '../../core/replay/request.ts';
import { requireEnvironment } from '../require-environment.ts';
import { BucketListing, Marks, readLines } from './bucket.lambda.ts';
import { COMPILED_CONTRACTS } from '../ingestion/names.ts';
import { deliveryVariable, REPLAY_ENVIRONMENT, streamVariable } from './names.ts';
import { intoDelivery, intoStream, putEvents, type PutOnce } from './put-events.lambda.ts';

/** Left of the function's time for the call under way, its repetitions and its mark. */
const MARGIN_MS = 60_000;
/** Three attempts of a put, and three of its mark, fit into the margin. */
const ATTEMPT_MS = 9_000;

const contracts = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(COMPILED_CONTRACTS, 'utf8')));
const domain = requireEnvironment(REPLAY_ENVIRONMENT.domain);
const buckets = {
  raw: requireEnvironment(REPLAY_ENVIRONMENT.rawBucket),
  quarantine: requireEnvironment(REPLAY_ENVIRONMENT.quarantineBucket),
};
const s3 = new S3Client(answeredWithin(ATTEMPT_MS));
const kinesis = new KinesisClient(answeredWithin(ATTEMPT_MS));
const firehose = new FirehoseClient(answeredWithin(ATTEMPT_MS));
const code = createHash('sha256')
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex');

/** Lists what is to be replayed, or replays a group of it. Nothing of an event is ever logged or answered. */
export const handler = async (event: unknown, context: Context): Promise<ListAnswer | ReplayAnswer> => {
  const input = operationInput.parse(event);
  const request = parseRequest(input.request, Object.keys(contracts));
  const contract = parseCompiledContract(JSON.stringify(contracts[request.dataset]));
  const mayGoOn = (): boolean => context.getRemainingTimeInMillis() > MARGIN_MS;
  if (input.operation === 'replay') {
    const answer = await replay(input, request, contract, mayGoOn);
    const { rows, failedObjects, failure } = answer;
    console.log(JSON.stringify({ domain, dataset: request.dataset, source: request.source, rows, failedObjects, failure }));
    return answer;
  }
  const sources = new BucketListing(s3, buckets[request.source]);
  const marks = new BucketListing(s3, buckets.quarantine);
  return listSources(domain, handlerOf(contract), request, input, { sources, marks, mayGoOn });
};

function replay(
  { keys, position }: ReplayInput,
  request: ReplayRequest,
  contract: CompiledContract,
  mayGoOn: () => boolean,
): Promise<ReplayAnswer> {
  const { source, dataset, dryRun } = request;
  const id = handlerOf(contract);
  const accepts = acceptsOriginal(contract, request.arrival);
  const put = putterOf(dataset);
  return replayGroup(keys, position, mayGoOn, {
    job: (key) => ({
      handler: id,
      read: originalReader(source),
      accepts,
      reasons: reasonsOf(request, key),
      remembersLines: source === 'quarantine',
      dryRun,
    }),
    ports: (key) => {
      const marks = new Marks(s3, buckets.quarantine, source, key);
      return {
        lines: readLines(s3, buckets[source], key),
        readProgress: () => marks.readProgress(),
        writeProgress: (progress) => marks.writeProgress(progress),
        writeDone: (done) => marks.writeDone(id, done),
        put: (events) => putEvents(put, source, events),
        mayGoOn,
      };
    },
  });
}

/** Into the dataset's stream, or into its delivery where it has none. */
function putterOf(dataset: string): PutOnce {
  const delivery = process.env[deliveryVariable(dataset)];
  return delivery === undefined
    ? intoStream(kinesis, requireEnvironment(streamVariable(dataset)))
    : intoDelivery(firehose, delivery);
}

/** The contract and the code that judge, by their bytes: what either accepts anew is replayed, and nothing else. */
const handlerOf = (contract: CompiledContract): string =>
  createHash('sha256').update(code).update(JSON.stringify(contract)).digest('hex').slice(0, 16);
