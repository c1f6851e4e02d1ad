import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { fixture } from '../assembly/fixture.ts';
import { coverage, SDK_SERVICES, type ClientConfig } from './operations.ts';
import { rejection } from './running.ts';

let runtime: LocalRuntime;
let config: ClientConfig;
beforeAll(async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  runtime = await start({ assembly: fixture(), state, clock: new SimulatedClock(Date.UTC(2001, 0, 1)) });
  config = { endpoint: runtime.endpoint, region: runtime.region, credentials: runtime.operator, maxAttempts: 1 };
});
afterAll(async () => {
  await runtime.stop();
});

/** What the endpoint says to a command without input: whether it is lacking, in the service's own shape. */
async function isLacking(client: { send(command: object): Promise<unknown> }, command: object, name: string): Promise<boolean> {
  const refused = await client.send(command).then(
    () => undefined,
    () => rejection(client.send(command)),
  );
  if (refused?.name !== 'NotImplemented') return false;
  expect(refused).toEqual({ name: 'NotImplemented', message: `NotImplemented: ${name}`, status: 501 });
  return true;
}

test.each(SDK_SERVICES.map((service) => [service.name, service] as const))(
  'every operation of %s is served, or refused by its name',
  async (name, { client: connect, operations }) => {
    const listed = coverage(runtime).find(({ service }) => service === name);
    const client = connect(config);
    const lacking: string[] = [];
    try {
      for (const [operation, Command] of operations) {
        if (await isLacking(client, new Command({}), `${name}:${operation}`)) lacking.push(operation);
      }
    } finally {
      client.destroy();
    }
    expect(operations.size).toBeGreaterThan(10);
    expect(lacking).toEqual(listed?.notServed);
  },
);

test('what is served is an operation that the service has', () => {
  for (const [name, served] of Object.entries(runtime.operations)) {
    const known = SDK_SERVICES.find((service) => service.name === name)?.operations;
    if (known !== undefined) expect(served.filter((operation) => !known.has(operation))).toEqual([]);
  }
});
