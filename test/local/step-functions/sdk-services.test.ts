import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { exceptionName, javaName } from '../../../local/step-functions/tasks/java-name.ts';
import { COMMON, SDK_SERVICES, type SdkService } from '../../../local/step-functions/tasks/sdk-services.ts';
import { isTime, ownSpelling } from '../../../local/step-functions/tasks/sdk-shape.ts';
import { fixture } from '../assembly/fixture.ts';
import { CLIENTS, errorsOf, membersOf, type Member } from './sdk-models.ts';

let runtime: LocalRuntime;
beforeAll(async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  runtime = await start({ assembly: fixture(), state, clock: new SimulatedClock(Date.UTC(2001, 0, 1)) });
});
afterAll(async () => {
  await runtime.stop();
});

const clientOf = (service: string): object => CLIENTS[service] ?? {};
const served = (service: string, { signs }: SdkService): readonly Member[] =>
  membersOf(clientOf(service), runtime.operations[signs] ?? []);
const names = (members: readonly Member[], kind: Member['kind']): string[] =>
  [...new Set(members.filter((member) => member.kind === kind).map(({ name }) => name))].sort();

describe.each(Object.entries<SdkService>(SDK_SERVICES))(
  'an integration of the SDK with %s knows its model:',
  (service, about) => {
    test('the client exists, and most of what is served has members', () => {
      expect(errorsOf(clientOf(service)).length).toBeGreaterThan(3);
      if (runtime.operations[about.signs] !== undefined) expect(served(service, about).length).toBeGreaterThan(5);
    });

    test('which members are bytes, and which are named by their sender', () => {
      const members = served(service, about);
      expect([...(about.blobs ?? []), ...(about.blobLists ?? [])]).toEqual(expect.arrayContaining(names(members, 'blob')));
      expect([...(about.maps ?? []), ...(about.mapsOfMaps ?? [])]).toEqual(expect.arrayContaining(names(members, 'map')));
      for (const { name, kind } of members) {
        if (about.blobs?.includes(name) === true) expect(`${name} ${kind}`).toBe(`${name} blob`);
      }
    });

    test('which members are points in time', () => {
      for (const { name, kind, of } of served(service, about)) {
        if (kind === 'time') expect(`${name} ${String(isTime(name))}`).toBe(`${name} true`);
        if (kind === 'number' && of === 'answer') expect(`${name} ${String(isTime(name))}`).toBe(`${name} false`);
        if (kind === 'text' && of === 'request') expect(`${name} ${String(isTime(name))}`).toBe(`${name} false`);
      }
    });

    test('which members of requests Java spells otherwise', () => {
      for (const { name, of } of served(service, about)) {
        if (name === 'tags') continue; // of CreateQueue alone, where TagQueue has Tags: refused by name
        if (Object.values(about.spelled ?? {}).includes(name)) continue;
        if (of === 'request' && about.small !== true) expect(ownSpelling(javaName(name))).toBe(name);
      }
    });

    test('what a client fills in', () => {
      const operations = runtime.operations[about.signs] ?? [];
      const filled = operations.flatMap((operation) =>
        membersOf(clientOf(service), [operation])
          .filter(({ isToken }) => isToken)
          .map(({ name }) => [operation, name]),
      );
      expect(about.tokens ?? {}).toEqual(Object.fromEntries(filled));
    });

    test('which of the errors that any service has are its own', () => {
      const modeled = errorsOf(clientOf(service));
      expect([...(about.models ?? [])]).toEqual(COMMON.filter((code) => modeled.includes(code)));
    });
  },
);

test.each([
  ['ARN', 'Arn'],
  ['stateMachineArn', 'StateMachineArn'],
  ['ETag', 'ETag'],
  ['ChecksumCRC32', 'ChecksumCRC32'],
  ['MD5OfBody', 'Md5OfBody'],
  ['StreamARN', 'StreamARN'],
])('Java spells %s as %s', (member, spelled) => {
  expect(javaName(member)).toBe(spelled);
});

test.each([
  ['KMSInvalidStateException', 'KmsInvalidStateException'],
  ['InvalidToken', 'InvalidTokenException'],
  ['LimitExceededFault', 'LimitExceededException'],
  ['CustomKeyStoreHasCMKsException', 'CustomKeyStoreHasCmKsException'],
  ['KMSOptInRequired', 'KmsOptInRequiredException'],
])('Java names the error %s %s', (code, name) => {
  expect(exceptionName(code)).toBe(name);
});
