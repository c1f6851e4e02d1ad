import { authorize, parsePolicyDocument } from '../../../core/aws/iam/index.ts';
import { readContracts } from '../../../core/contract/read-file.ts';
import { ingestionForm } from '../../../core/ingestion/ingestion-form.ts';
import { readNamedQueries } from '../../../lib/read-named-queries.ts';
import { matrixOf } from '../../../prove/nothing-wider/matrix/rows.ts';
import { platformTemplates } from '../../support/platform.ts';
import { differences } from '../../../prove/nothing-wider/matrix/compare.ts';
import { broken } from '../../../prove/nothing-wider/matrix/rules.ts';
import { actorsOf } from '../../../prove/nothing-wider/matrix/actors.ts';
import { universeOf } from '../../../prove/nothing-wider/matrix/universe.ts';
import { datasetsOf, readPairing, surroundingsOf, templatesOf } from '../../../prove/nothing-wider/matrix/read-platform.ts';
import { workOut, type Worked } from '../../../prove/nothing-wider/matrix/work-out.ts';
import { actionsOf, pick, sitesOf, type Statement } from '../../../prove/nothing-wider/mutants/policies.ts';
import { TemplatesCopy } from '../../../prove/nothing-wider/mutants/copy.ts';

const templates = templatesOf('dev');
const base = await workOut('dev', templates);

/** The matrix once a statement was added beside the first of an identity's that speaks of `service`. */
async function planted(service: string, statement: Omit<Statement, 'Effect'>): Promise<Worked> {
  const copy = new TemplatesCopy(templates);
  const site = pick(sitesOf(copy, 'identity', (one) => actionsOf(one)[0]?.startsWith(`${service}:`) === true));
  site.statements.push({ Effect: 'Allow', ...statement } as Statement);
  return workOut('dev', copy.texts(), base);
}
const found = ({ rows, environment }: Worked) => ({
  changed: differences(
    rows,
    base.rows.map((row) => ({ ...row, since: '' })),
  ),
  broken: broken(rows, environment),
});

test('of the templates as they are nothing is broken, and everything that policies name is asked for', () => {
  expect(broken(base.rows, base.environment)).toEqual([]);
  expect(base.unwitnessed).toEqual([]);
});

test.each<[string, string, Omit<Statement, 'Effect'>, string]>([
  ['an action on everything', 'kinesis', { Action: 's3:GetObject', Resource: '*' }, 'a role reaches into another account'],
  [
    'a pattern that takes another environment in',
    'kinesis',
    { Action: 'kinesis:PutRecord', Resource: 'arn:aws:kinesis:*:*:stream/*' },
    'a role reaches into another environment',
  ],
  ['what lets a role get itself more', 'kinesis', { Action: 'iam:PassRole', Resource: '*' }, 'a role may get itself more'],
])(
  'finds %s',
  async (_, service, statement, rule) => {
    const { changed, broken: rules } = found(await planted(service, statement));
    expect(changed.every((line) => line.startsWith('+'))).toBe(true);
    expect(changed.length).toBeGreaterThan(0);
    expect(rules).toContainEqual(expect.stringContaining(rule));
  },
  60_000,
);

test.each<[string, Omit<Statement, 'Effect'>]>([
  [
    'by their account',
    {
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Action: 'sts:AssumeRole',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/plumber' } },
    },
  ],
  ['by name', { Principal: { AWS: 'arn:aws:iam::444455556666:role/plumber' }, Action: 'sts:AssumeRole' }],
])('whoever of another account a role trusts %s has a row', async (_, statement) => {
  const copy = new TemplatesCopy(templates);
  const site = pick(sitesOf(copy, 'trust', ({ Principal }) => 'AWS' in Object(Principal)));
  site.statements.push({ Effect: 'Allow', ...statement } as Statement);
  const { changed } = found(await workOut('dev', copy.texts(), base));
  expect(changed.filter((line) => line.startsWith('+'))).toEqual([
    expect.stringMatching(/^\+ who is called arn:aws:iam::444455556666:role\/plumber \| .* \| sts:AssumeRole/),
  ]);
});

test('fails for a service that anybody may send', async () => {
  const copy = new TemplatesCopy(templates);
  Reflect.deleteProperty(pick(sitesOf(copy, 'trust', ({ Condition }) => Condition !== undefined)).statement, 'Condition');
  expect(found(await workOut('dev', copy.texts(), base)).broken).toContainEqual(
    expect.stringContaining('a service acts for whoever asks it'),
  );
}, 60_000);

test('fails for a bucket that lets strangers in', async () => {
  const copy = new TemplatesCopy(templates);
  const { statements, statement } = pick(sitesOf(copy, 'bucket'));
  statements.push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: [statement.Resource].flat()[1] });
  expect(found(await workOut('dev', copy.texts(), base)).broken).toContainEqual(
    expect.stringContaining('a stranger gets in: anonymous'),
  );
}, 60_000);

test.each([
  ['stream', /^$/],
  // the role that the deliveries share reads the schemas of a list of tables
  ['direct-put', /^[+-] delivery DirectPutActorRole \| dataset of own domain \| glue:table CatalogTable \| glue:GetTable/],
] as const)(
  'one more dataset of the form %s changes nothing of the others',
  (form, mayDiffer) => {
    const contracts = readContracts('contracts');
    const more = contracts
      .filter(({ datasets }) => datasets.some((dataset) => ingestionForm(dataset) === form))
      .slice(0, 1)
      .map((contract) => ({
        ...contract,
        id: `${contract.id}-more`,
        product: 'more',
        datasets: contract.datasets.slice(0, 1).map((dataset) => ({ ...dataset, name: 'more' })),
      }));
    const all = [...contracts, ...more];
    const templates = platformTemplates(all, readNamedQueries('models/questions'));
    const { environment, twin } = readPairing('dev', templates, { ...surroundingsOf('dev'), datasets: datasetsOf(all) });
    const rows = matrixOf(environment, twin, base.catalogue, base.judge);
    expect(environment.resources.length).toBeGreaterThan(base.environment.resources.length);
    const found = differences(
      rows,
      base.rows.map((row) => ({ ...row, since: '' })),
    );
    expect(found.filter((line) => !mayDiffer.test(line))).toEqual([]);
  },
  60_000,
);

test('what is passed over without being evaluated is denied when it is', () => {
  const { environment, twin } = readPairing('dev', templates, surroundingsOf('dev'));
  const actors = actorsOf(environment).filter(
    ({ identity, mayAll = false, boundary }) => identity.length > 0 && !mayAll && boundary === undefined,
  );
  const targets = universeOf(environment, twin, base.catalogue).filter(
    ({ policy, side }) => policy === undefined && side !== 'foreign',
  );
  const read = new Map(
    actors.map((actor) => [actor, actor.identity.map((document) => ({ name: 'own', document: parsePolicyDocument(document) }))]),
  );
  let asked = 0;
  for (const actor of actors) {
    for (const target of targets) {
      const granted = new Set(base.judge.grants(actor, target).map(({ action }) => action));
      for (const action of (base.catalogue.byKind.get(target.kind) ?? []).filter((name) => !granted.has(name))) {
        asked += 1;
        if (asked % 37 !== 0) continue;
        const { decision } = authorize({
          principal: actor.principal,
          action,
          resource: target.arn,
          resourceAccount: '111122223333',
          context: actor.context,
          policies: { identity: read.get(actor) ?? [] },
        });
        expect([actor.name, action, target.arn, decision]).toEqual([
          actor.name,
          action,
          target.arn,
          expect.not.stringContaining('allowed'),
        ]);
      }
    }
  }
  expect(asked).toBeGreaterThan(100_000);
}, 60_000);
