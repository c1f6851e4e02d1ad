/** One life of a platform, in a process of its own: it starts, takes records, delivers them, answers a query, and saves. It may be told to die. */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { signatureTime } from '../../../local/endpoint/doubt.ts';
import { sha256, sign } from '../../../local/endpoint/signature.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { savedTime, start, type LocalRuntime } from '../../../local/start.ts';
import { dieAtWrite } from './die-at-write.ts';

const [, , assembly = '', state = '', at = '0', torn = ''] = process.argv;
const changes = dieAtWrite({ folder: state, at: Number(at), torn: torn === 'torn' });

async function call(runtime: LocalRuntime, service: string, target: string, input: object): Promise<Record<string, unknown>> {
  const body = JSON.stringify(input);
  const time = signatureTime(Date.now());
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    host: new URL(runtime.endpoint).host,
    'x-amz-date': time,
    'x-amz-target': target,
  };
  const scope = { date: time.slice(0, 8), region: runtime.region, service, signedHeaders: Object.keys(headers) };
  const { accessKeyId, secretAccessKey: secret } = runtime.operator;
  const signature = sign({ method: 'POST', path: '/', query: [], headers }, scope, { secret, time, payloadHash: sha256(body) });
  const credential = `${accessKeyId}/${scope.date}/${scope.region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${scope.signedHeaders.join(';')}, Signature=${signature.toString('hex')}`;
  return new Promise((resolve, reject) => {
    const request = http.request(runtime.endpoint, { method: 'POST', headers: { ...headers, authorization } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as Record<string, unknown>);
        else reject(new Error(text));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

const clock = new SimulatedClock(savedTime(state) ?? Date.UTC(2001, 0, 1));
process.stdout.write('begun\n'); // from here on a kill meets the state
const runtime = await start({ assembly, state, clock });
const StreamName = runtime.outputs.Pipeline?.StreamName;
const Records = [1, 2, 3].map((id) => ({
  PartitionKey: String(id),
  Data: Buffer.from(JSON.stringify({ id })).toString('base64'),
}));
await call(runtime, 'kinesis', 'Kinesis_20131202.PutRecords', { StreamName, Records });
const table = {
  TableName: 'lives',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const isNew = await call(runtime, 'dynamodb', 'DynamoDB_20120810.CreateTable', table).catch(() => undefined); // an earlier life made it
for (let id = 0; id < (isNew === undefined ? 1 : 20); id++)
  await call(runtime, 'dynamodb', 'DynamoDB_20120810.UpdateItem', {
    TableName: 'lives',
    Key: { id: { N: `${id}` } },
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
await clock.advance(10 * 60_000);
const query = {
  QueryString: 'SELECT count(*) FROM "fixture"."events"',
  WorkGroup: 'clients',
  ClientRequestToken: randomUUID(),
};
const { QueryExecutionId } = await call(runtime, 'athena', 'AmazonAthena.StartQueryExecution', query);
for (let isOver = false; !isOver;) {
  const answer = await call(runtime, 'athena', 'AmazonAthena.GetQueryExecution', { QueryExecutionId });
  isOver = /"State":"(SUCCEEDED|FAILED)"/.test(JSON.stringify(answer));
}
await runtime.stop();
process.stdout.write(`${JSON.stringify(changes)}\n`);
