import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import {
  authorize,
  parsePolicyDocument,
  parseResourcePolicy,
  parseTrustPolicy,
  type Principal,
} from '../../../../core/aws/iam/index.ts';
import { Random } from '../../../support/random.ts';
import { DIFFERENCES } from './differential/differences.ts';
import { randomCase, type Case } from './differential/requests.ts';
import { templatePolicies } from './differential/template-policies.ts';

/** Requests that are judged twice; `npm run prove` asks for more. A million: `HEADWATERS_REQUESTS=1000000 npm test -- test/core/aws/iam/differential.test.ts` */
const REQUESTS = Number(process.env.HEADWATERS_REQUESTS ?? 2_000);

interface Judged {
  readonly verdict: string;
  /** Keys that are none of the action's: the other evaluator passes over them. */
  readonly ignored: readonly string[];
}

const named = (policy: unknown, name: string) => ({ name, policy });

/** What iam-simulate decides; undefined for a request that no client could make, such as an action on a resource of another kind. */
async function theirs(asked: Case): Promise<Judged | undefined> {
  const simulation = simulationOf(asked);
  const result = await runSimulation(simulation, {});
  if (result.resultType !== 'single') return undefined;
  return { verdict: result.overallResult, ignored: result.result.ignoredContextKeys ?? [] };
}

const without = (context: Case['context'], keys: readonly string[]): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(context)
      .filter(([key]) => !keys.includes(key))
      .map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );

const simulationOf = (asked: Case): Simulation => ({
  request: {
    action: asked.action,
    principal: asked.principal,
    resource: { resource: asked.resource, accountId: asked.resourceAccount },
    contextVariables: without(asked.context, []),
  },
  identityPolicies: asked.identity.map((policy, index) => named(policy, `own${index}`)),
  serviceControlPolicies: [],
  resourceControlPolicies: [],
  ...(asked.boundary && { permissionBoundaryPolicies: [named(asked.boundary, 'boundary')] }),
  ...(asked.session && { sessionPolicy: asked.session }),
  ...(asked.resourcePolicy && { resourcePolicy: asked.resourcePolicy }),
});

function principalOf(name: string): Principal {
  if (!name.startsWith('arn:')) return { service: name };
  const [, , service, , accountId = '', resource = ''] = name.split(':');
  if (service === 'iam') return { arn: name, accountId };
  return { arn: `arn:aws:iam::${accountId}:role/${resource.split('/')[1] ?? ''}`, accountId, sessionArn: name };
}

const VERDICTS = { allowed: 'Allowed', implicitlyDenied: 'ImplicitlyDenied', explicitlyDenied: 'ExplicitlyDenied' } as const;

function ours(asked: Case, ignored: readonly string[]): string {
  const { resourceKind: kind, resourcePolicy, boundary, session } = asked;
  const parse = kind === 'trust' ? parseTrustPolicy : parseResourcePolicy;
  const mustAllow = kind === 'trust' || kind === 'key';
  const { decision } = authorize({
    principal: principalOf(asked.principal),
    action: asked.action,
    resource: asked.resource,
    resourceAccount: asked.resourceAccount,
    context: without(asked.context, ignored),
    policies: {
      identity: asked.identity.map((policy, index) => ({ name: `own${index}`, document: parsePolicyDocument(policy) })),
      ...(boundary && { boundary: { name: 'boundary', document: parsePolicyDocument(boundary) } }),
      ...(session && { session: [{ name: 'inline', document: parsePolicyDocument(session) }] }),
      ...(resourcePolicy && { resource: { name: 'resource', document: parse(resourcePolicy), mustAllow } }),
    },
  });
  return VERDICTS[decision];
}

test(
  `judges ${REQUESTS} random requests as iam-simulate does, or differs in a way that has a name`,
  async () => {
    const random = new Random(1);
    const policies = templatePolicies('prod');
    const counts = new Map<string, number>();
    const unexplained: unknown[] = [];
    let impossible = 0;
    for (let judged = 0; judged < REQUESTS;) {
      const asked = randomCase(random, policies);
      const their = await theirs(asked);
      if (their === undefined) {
        impossible += 1;
        continue;
      }
      judged += 1;
      const our = ours(asked, their.ignored);
      const at = { asked, ours: our, theirs: their.verdict };
      const name =
        our === their.verdict ? `both: ${our}` : Object.keys(DIFFERENCES).find((known) => DIFFERENCES[known]?.holds(at));
      if (name === undefined) unexplained.push(at);
      else counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (process.env.HEADWATERS_REQUESTS !== undefined)
      process.stdout.write(`${REQUESTS} requests\n${JSON.stringify(Object.fromEntries(counts), undefined, 1)}\n`);
    expect(unexplained.slice(0, 1)).toEqual([]);
    expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBe(REQUESTS);
    expect(counts.get('both: Allowed')).toBeGreaterThan(REQUESTS / 5);
    expect(counts.get('both: ImplicitlyDenied')).toBeGreaterThan(REQUESTS / 5);
    expect(counts.get('both: ExplicitlyDenied')).toBeGreaterThan(REQUESTS / 20);
    expect(impossible).toBeLessThan(REQUESTS / 5);
    if (REQUESTS >= 100_000) expect([...counts.keys()]).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES))); // none has gone stale
  },
  Math.max(60_000, REQUESTS * 10),
);
