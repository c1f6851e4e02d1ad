import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Context, FirehoseTransformationEvent, FirehoseTransformationResult } from 'aws-lambda';
import { COMPILED_CONTRACT, ENVIRONMENT_KEYS } from '../constructs/ingestion/names.ts';

/**
 * Invokes the deployed bundle with batches, in a process of its own, and parses the same bytes with JSON.parse beside it; prints what `Measured`
 * holds. What Lambda does around a handler (its own JSON of the batch and of the answer) is in neither.
 */
const [bundle = '', contractFile = '', batchesFile = '', rounds = '1'] = process.argv.slice(2);

/** Milliseconds of CPU, megabytes. */
export interface Measured {
  readonly parse: number;
  readonly handler: number;
  readonly events: number;
  readonly bytes: number;
  /** Resident memory of the process at most: before the first call, and at the end. */
  readonly before: number;
  readonly peak: number;
}

type Handler = (event: FirehoseTransformationEvent, context: Context) => Promise<FirehoseTransformationResult>;

const contract = fs.readFileSync(contractFile, 'utf8');
const read = fs.readFileSync;
const readFile = (file: fs.PathOrFileDescriptor, options: 'utf8'): string =>
  file === COMPILED_CONTRACT ? contract : read(file, options); // the layer's file
fs.readFileSync = readFile as typeof fs.readFileSync;
syncBuiltinESMExports();
process.env[ENVIRONMENT_KEYS.environment] = 'bench';
process.env[ENVIRONMENT_KEYS.quarantineStream] = 'quarantine';
process.env[ENVIRONMENT_KEYS.protectionSecret] = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:bench';
const { handler } = (await import(pathToFileURL(bundle).href)) as { readonly handler: Handler };
fs.readFileSync = read;
syncBuiltinESMExports();

const batches = fs
  .readFileSync(batchesFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as FirehoseTransformationEvent);
const texts = batches.flatMap(({ records }) =>
  records.flatMap(({ data }) =>
    Buffer.from(data, 'base64')
      .toString()
      .split('\n')
      .filter((line) => line !== ''),
  ),
);
const context = { getRemainingTimeInMillis: () => 120_000 } as Context;
const say = console.log;
console.log = () => undefined; // the line of metrics is made, and not printed

async function cpu(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The engine keeps nothing of a text that it has refused, and takes longest to say so. */
function parseAll(): void {
  for (const text of texts) {
    try {
      JSON.parse(text);
    } catch {
      continue;
    }
  }
}

async function invokeAll(): Promise<void> {
  for (const batch of batches) {
    const { records } = await handler(batch, context);
    if (records.length !== batch.records.length) throw new Error('the handler must answer every record');
  }
}

const megabytes = (): number => process.resourceUsage().maxRSS / 1024;
const before = megabytes();
let [parse, whole] = [Infinity, Infinity];
for (let round = 0; round < Number(rounds); round += 1) {
  parse = Math.min(parse, await cpu(parseAll));
  whole = Math.min(whole, await cpu(invokeAll));
}
const measured: Measured = {
  parse,
  handler: whole,
  events: texts.length,
  bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0),
  before,
  peak: megabytes(),
};
say(JSON.stringify(measured));
process.exit(); // the SDK's client keeps its connections
