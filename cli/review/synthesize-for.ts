import path from 'node:path';
import { environmentOf } from '../../core/naming.ts';
import { commonPlaces } from '../../core/review/place.ts';
import type { StackTemplate, Templates } from '../../core/aws/template.ts';
import { synthesize, type SynthesisOptions } from '../synthesize.ts';
import { readAssembly } from './read-templates.ts';
import type { Reading, Source } from './read-version.ts';

const CONTEXT = { env: 'all', slots: 'unrecorded' };

/**
 * Synthesizes a project as though from the account and region to which each environment of some templates goes. One synthesis serves all
 * environments that go to one; a template without a place asks for none.
 */
export async function synthesizeFor(
  others: Templates,
  reading: Reading,
  source: Extract<Source, { project: unknown }>,
): Promise<Templates> {
  const places = commonPlaces(others, environmentOf);
  const synthesized = new Map<string | undefined, Templates>();
  for (const place of places.size === 0 ? [undefined] : new Set(places.values()))
    synthesized.set(place, await synthesizeAt(place, synthesized.size, reading, source));
  const [whole = new Map<string, StackTemplate>()] = synthesized.values(); // of an environment that the others lack, any will do
  return new Map(
    [...whole].map(([stack, template]) => [stack, synthesized.get(places.get(environmentOf(stack)))?.get(stack) ?? template]),
  );
}

async function synthesizeAt(
  place: string | undefined,
  index: number,
  { scratch, out }: Reading,
  { project, name }: Extract<Source, { project: unknown }>,
): Promise<Templates> {
  await out.step(`Synthesizing ${name}${place === undefined ? '' : ` for ${place}`}`);
  const assembly = path.join(scratch, `assembly-${path.basename(project.root)}-${index}`);
  await synthesize(
    { ...project, assembly },
    { context: CONTEXT, ...(place === undefined ? {} : { variables: variablesOf(place) }) },
  );
  out.done();
  return readAssembly(assembly);
}

/** What the CDK's command tells an app of the credentials at hand. @see https://docs.aws.amazon.com/cdk/v2/guide/configure-env.html */
function variablesOf(place: string): NonNullable<SynthesisOptions['variables']> {
  const [account, region] = place.replace(/^aws:\/\//, '').split('/');
  const known = (part = '') => (part.startsWith('unknown-') ? undefined : part);
  return { CDK_DEFAULT_ACCOUNT: known(account), CDK_DEFAULT_REGION: known(region) };
}
