import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Measured } from './handler-once.ts';
import { sampleEvents, type SampleEvents } from './sample-events.ts';

const ROUNDS = 7;
/** A packed Kinesis record, and what Firehose buffers before it calls the function. */
const PACKED_BYTES = 25 * 1024;
const BATCH_BYTES = 200_000;
/** The largest Kinesis record that Firehose takes from a stream with its defaults. */
const RECORD_BYTES = 1_000_000;

/** Records as a producer sends them: the events of each are told apart by newlines. */
interface Case extends Omit<SampleEvents, 'events'> {
  readonly records: readonly string[];
}

/** Texts side by side in groups of at most so many characters. */
function groups(texts: readonly string[], most: number): string[][] {
  const all: string[][] = [];
  let size = Infinity;
  for (const text of texts) {
    if (size + text.length > most) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(text);
    size += text.length;
  }
  return all;
}

const lines = (events: readonly string[]): string[] => events.map((event) => `${event}\n`);
const packed = (events: readonly string[], most = PACKED_BYTES): string[] =>
  groups(lines(events), most).map((each) => each.join(''));

const ordinaryCases = ({ events, ...rest }: SampleEvents): Case[] => [
  { ...rest, name: `${rest.name}, packed`, records: packed(events) },
  { ...rest, name: `${rest.name}, one in each`, records: lines(events) },
];

/** What a producer may send that is new, broken or hostile. */
function worstCases({ events, ...rest }: SampleEvents): Case[] {
  const filled = (text: string) => text.repeat(Math.floor(RECORD_BYTES / text.length));
  const adding = (member: string) => (event: string) => `${event.slice(0, -1)},${member}}`;
  const refused = adding('"a.b":1');
  const one = (member: string): string[] => events.slice(0, 1).map(adding(member));
  const cases: Readonly<Record<string, readonly string[]>> = {
    'one event in ten is refused': packed(events.map((event, index) => (index % 10 === 0 ? refused(event) : event))),
    'every event has a key unknown': packed(events.map(adding('"other":1'))),
    'every event has an escape': packed(events.map(adding('"\\u006fther":1'))),
    'every event is refused': packed(events.map(refused)),
    'records of 1 MB': packed(events, RECORD_BYTES),
    'one event of 1 MB': one(`"other":"${filled('x')}"`),
    'one event of 1 MB of escapes': one(`"other":"${filled('\\u00e9')}"`),
    'one event of 1 MB, 62 deep': one(`"other":[${filled(`${'['.repeat(60)}${']'.repeat(60)},`)}1]`),
    'a million brackets': [filled('[')],
    'one record of 66,000 refused events': ['{}\n'.repeat(66_000)],
    'one record of 333,000 refused events': [filled('{}\n')],
  };
  return Object.entries(cases).map(([name, records]) => ({ ...rest, name, records }));
}

/** Batches as Firehose hands them over, one JSON document on each line. */
function batchesOf({ records, arrival }: Case): string {
  const batch = (texts: readonly string[], at: number) => ({
    invocationId: String(at),
    deliveryStreamArn: 'arn:aws:firehose:eu-central-1:000000000000:deliverystream/bench',
    sourceKinesisStreamArn: 'arn:aws:kinesis:eu-central-1:000000000000:stream/bench',
    region: 'eu-central-1',
    records: texts.map((text, index) => ({
      recordId: `${at}-${index}`.padStart(56, '0'),
      approximateArrivalTimestamp: arrival,
      data: Buffer.from(text).toString('base64'),
      kinesisRecordMetadata: {
        shardId: 'shardId-000000000000',
        partitionKey: 'p',
        approximateArrivalTimestamp: arrival,
        sequenceNumber: `${at}${index}`.padStart(56, '4'),
        subsequenceNumber: 0,
      },
    })),
  });
  return groups(records, BATCH_BYTES)
    .map((texts, at) => JSON.stringify(batch(texts, at)))
    .join('\n');
}

/** Answers as Firehose and Secrets Manager do, out of the process that is measured. */
async function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const isSecret = String(request.headers['x-amz-target']).endsWith('GetSecretValue');
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(isSecret ? { SecretString: 'x'.repeat(64) } : { FailedPutCount: 0, RequestResponses: [] }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

const run = promisify(execFile);

/**
 * Prints what the deployed function's handler costs, for each dataset of this project and for the worst that may come.
 *
 * @param args `--node <binary>`: another Node, as that of the deployed function; `--bundle <file>`: another function; `--only <text>`: some cases
 */
export async function benchHandler(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bundle: { type: 'string', default: path.resolve('dist/functions/transform/index.mjs') },
      node: { type: 'string', default: process.execPath },
      only: { type: 'string', default: '' },
    },
  });
  execFileSync(process.execPath, [path.resolve('build/functions.mjs')]);
  const samples = await sampleEvents();
  const largest = samples.toSorted((a, b) => b.events.length - a.events.length)[0];
  const cases = [...samples.flatMap(ordinaryCases), ...(largest === undefined ? [] : worstCases(largest))];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'headwaters-bench-'));
  const server = await serve();
  const env = {
    ...process.env,
    NODE_NO_WARNINGS: '1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  };
  const version = execFileSync(values.node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(
    `The transform handler, in multiples of one JSON.parse of the same bytes. ${os.cpus()[0]?.model ?? ''}, Node ${version}\n`,
  );
  console.log('| Case | Events | In JSON.parse | An event | MB a second | Peak memory, before |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  try {
    for (const each of cases.filter(({ name }) => name.includes(values.only))) {
      const contractFile = path.join(folder, 'contract.json');
      const batchesFile = path.join(folder, 'batches.ndjson');
      writeFileSync(contractFile, JSON.stringify(each.contract));
      writeFileSync(batchesFile, batchesOf(each));
      const script = path.join(import.meta.dirname, 'handler-once.ts');
      const command = ['--import', 'tsx', script, values.bundle, contractFile, batchesFile, String(ROUNDS)];
      const { stdout } = await run(values.node, command, { env });
      console.log(line(each.name, JSON.parse(stdout) as Measured));
    }
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function line(name: string, { parse, handler, events, bytes, peak, before }: Measured): string {
  const cells = [
    name,
    events.toLocaleString('en'),
    (handler / parse).toFixed(1),
    `${((handler / events) * 1000).toFixed(1)} us`,
    (bytes / 1000 / handler).toFixed(0),
    `${peak.toFixed(0)} MB, ${before.toFixed(0)} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
}
