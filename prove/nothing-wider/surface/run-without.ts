import { rmSync } from 'node:fs';
import { SCENARIOS } from '../scenarios/index.ts';
import { AccessRecorder, type RecordedAccess } from '../scenarios/recorder.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import type { NamedStatement } from '../statements/statement-names.ts';
import { withoutStatements } from './edit-assembly.ts';

/** What came of a statement's removal, from end to end. */
export interface Surfaced {
  readonly statement: NamedStatement;
  /** The request that the runtime refused: by whom, of what, on what; undefined where none was. */
  readonly refused: RecordedAccess['request'] | undefined;
  /** Whether an error or a log said so, with action and resource. */
  readonly told: boolean;
}

/** Deploys an environment's templates without some statements, lives through every scenario, and looks for the refusal of each. */
export async function runWithout(
  environment: string,
  assembly: string,
  removed: readonly NamedStatement[],
): Promise<readonly Surfaced[]> {
  const edited = withoutStatements(assembly, removed);
  const recorder = new AccessRecorder();
  const said: string[] = [];
  let world: World | undefined;
  try {
    world = await openWorld({ environment, assembly: edited, onAccess: recorder.onAccess });
    for (const { name, run } of SCENARIOS) {
      recorder.begin(name);
      await run(world).catch((error: unknown) => said.push(...wordsOf(error)));
    }
  } catch (error) {
    said.push(...wordsOf(error)); // a deployment that is refused
  } finally {
    said.push(...(world?.errors ?? []));
    await world?.close();
    rmSync(edited, { recursive: true, force: true });
  }
  return removed.map((statement) => {
    const refusals = recorder.accesses.filter((access) => !access.allowed && isOf(access, statement));
    const told = refusals.find(({ request }) => said.some((words) => tells(words, request)));
    return { statement, refused: (told ?? refusals[0])?.request, told: told !== undefined };
  });
}

/** Whether a refusal can come of a statement's removal: it is of its holder or of its resource, and of one of its actions. */
function isOf({ request: { principal, action, resource } }: RecordedAccess, { policy, index }: NamedStatement): boolean {
  const actions = [policy.statements[index]?.Action ?? []].flat();
  if (!actions.includes(action)) return false;
  if (policy.hold === 'identity') return 'arn' in principal && policy.speaksFor.includes(principal.arn);
  return policy.speaksFor.some((guarded) => resource === guarded || resource.startsWith(`${guarded}/`));
}

/**
 * Whether words are of a request: who may not do what, on what. What is tried again has another id in its name, and of alike requests only the
 * first is written down. Of a bucket for results, Athena says no more than its name.
 *
 * @see https://repost.aws/knowledge-center/athena-output-bucket-error
 */
export const tells = (words: string, { action, resource }: Pick<RecordedAccess['request'], 'action' | 'resource'>): boolean => {
  const said = withoutIds(words);
  if (said.includes(`is not authorized to perform: ${action} on resource: `) && said.includes(withoutIds(resource))) return true;
  return (
    action === 's3:GetBucketLocation' && said.includes(`Unable to verify/create output bucket ${resource.split(':').at(-1)} `)
  );
};

const withoutIds = (text: string): string => text.replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>');

/** Messages of an error, of those that it holds, and of what caused it. */
function wordsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const inner = error instanceof AggregateError ? error.errors : [];
  return [error.message, ...inner.flatMap(wordsOf), ...(error.cause === undefined ? [] : wordsOf(error.cause))];
}
