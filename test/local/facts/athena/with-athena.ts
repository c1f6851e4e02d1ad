import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../../../local/service.ts';
import { Fixture, READER } from '../../athena/fixture.ts';

/** Lets a fact use an Athena of its own: databases `db`, workgroups `readers` (enforced) and `free` (not), a lake and a clock. */
export async function withAthena(use: (fixture: Fixture) => Promise<void>): Promise<void> {
  const fixture = await Fixture.open();
  try {
    await use(fixture);
  } finally {
    fixture.close();
  }
}

/** Calls an operation as the reader; a query is started with a token, as SDKs make them. */
export async function call<T = Readonly<Record<string, unknown>>>(
  fixture: Fixture,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<T> {
  const run = fixture.athena.service.operations[operation];
  if (run === undefined) throw new Error(`no ${operation}`);
  return (await run(operation === 'StartQueryExecution' ? { ClientRequestToken: randomUUID(), ...input } : input, READER)) as T;
}

/** The code that an operation is refused with. */
export const codeOf = async (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'none',
    (error: unknown) => (error instanceof ServiceError ? error.code : String(error)),
  );

/** What Athena says of a request that it does not take: its code and its words. */
export const refusalOf = async (answer: Promise<unknown>): Promise<readonly [string | undefined, string]> =>
  answer.then(
    () => ['none', ''] as const,
    (error: unknown) =>
      error instanceof ServiceError
        ? ([error.members['AthenaErrorCode'], error.message] as const)
        : ([undefined, String(error)] as const),
  );

/** Runs a statement where clients may say where data goes. */
export const free = (fixture: Fixture, sql: string) => fixture.run(sql, { workGroup: 'free' });

/** Runs statements that must all succeed, and answers the last. */
export async function all(fixture: Fixture, ...statements: readonly string[]) {
  for (const sql of statements.slice(0, -1)) expect((await free(fixture, sql)).reason).toBeUndefined();
  return free(fixture, statements.at(-1) ?? '');
}
