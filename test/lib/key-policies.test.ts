import { OBJECT_ACTIONS } from '../../constructs/storage/object-actions.ts';
import { rolePath, stackName, type Actor } from '../../core/naming.ts';
import { ownTemplates, parseTemplate, type StackTemplate } from '../support/platform.ts';
import { readable, statementsOf, type Statement } from '../support/synth.ts';

/**
 * A right stands in two places, the role's policy and the policy of what it reaches, in stacks that know nothing of each other.
 * Here they are held against each other.
 */
type Templates = ReadonlyMap<string, StackTemplate>;

const FOUNDATION = stackName.foundation('dev');
const own: Templates = new Map([...ownTemplates()].map(([name, text]) => [name, parseTemplate(text)]));
const foundation = (templates: Templates): StackTemplate => {
  const found = templates.get(FOUNDATION);
  if (found === undefined) throw new Error('no Foundation');
  return found;
};
const ofType = (template: StackTemplate, type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

/** A statement that a role's managed policy allows. */
interface Grant {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly viaServices: readonly string[];
}

function grants(templates: Templates): Grant[] {
  return [...templates].flatMap(([stack, template]) =>
    ofType(template, 'AWS::IAM::ManagedPolicy').flatMap(([, { Properties }]) =>
      (Properties.Roles as { Ref: string }[]).flatMap(({ Ref: id }) =>
        statementsOf(Properties.PolicyDocument).map((statement) => ({
          role: `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role${String(template.Resources[id]?.Properties.Path)}${stack}-${id}`,
          actions: list(statement.Action),
          resources: list(statement.Resource),
          viaServices: condition(statement, 'StringEquals', 'kms:ViaService'),
        })),
      ),
    ),
  );
}

const list = (value: unknown): string[] => [value].flat() as string[];
const condition = ({ Condition }: Statement, operator: string, key: string): string[] =>
  list((Condition as Record<string, Record<string, unknown>> | undefined)?.[operator]?.[key] ?? []);

/** What Foundation exports, by how the exporting stack writes it: `${LakeKey.Arn}` → `${import …}`. */
const exported = (template: StackTemplate): Map<string, string> =>
  new Map(
    Object.values(template.Outputs ?? {}).map((output) => {
      const { Value, Export } = output as { Value: unknown; Export: { Name: string } };
      return [String(readable(Value)), `\${import ${Export.Name}}`];
    }),
  );
const nameOf = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

/** Whether two patterns have a text in common; `*` stands for any. */
function meet(a: string, b: string): boolean {
  if (a === '' || b === '') return /^\**$/.test(a + b);
  if (a.startsWith('*')) return meet(a.slice(1), b) || meet(a, b.slice(1));
  if (b.startsWith('*')) return meet(b, a);
  return a.startsWith(b.charAt(0)) && meet(a.slice(1), b.slice(1));
}

/** What roles may do to keys, and the keys do not let them. */
function refusedByKeys(templates: Templates): string[] {
  const names = exported(foundation(templates));
  const keys = new Map(
    ofType(foundation(templates), 'AWS::KMS::Key').map(([id, { Properties }]) => [
      names.get(`\${${nameOf(id)}.Arn}`) ?? id,
      statementsOf(Properties.KeyPolicy),
    ]),
  );
  return keyGrants(templates).flatMap(({ role, actions, resources, viaServices }) =>
    resources.flatMap((key) =>
      actions
        .filter(
          (action) =>
            viaServices.length === 0 ||
            !viaServices.every((service) =>
              keys
                .get(key)
                ?.some(
                  (statement) =>
                    statement.Effect === 'Allow' &&
                    list(statement.Action).includes(action) &&
                    condition(statement, 'ArnLike', 'aws:PrincipalArn').some((pattern) => meet(pattern, role)) &&
                    condition(statement, 'StringEquals', 'kms:ViaService').includes(service),
                ),
            ),
        )
        .map((action) => `${role}: ${action} on ${key} via ${viaServices.join(', ') || 'anything'}`),
    ),
  );
}
const keyGrants = (templates: Templates): Grant[] =>
  grants(templates)
    .map((grant) => ({ ...grant, actions: grant.actions.filter((action) => action.startsWith('kms:')) }))
    .filter(({ actions }) => actions.length > 0);

/** The keys of objects that a bucket closes, and the roles it still lets in. */
interface Closed {
  readonly keys: string;
  readonly actions: readonly string[];
  readonly to: readonly string[];
}

function closedKeys(templates: Templates): Closed[] {
  const names = exported(foundation(templates));
  const imported = (arn: string) =>
    arn.replace(/^\$\{(.*)\.Arn\}/, (_, id: string) => `arn:\${AWS::Partition}:s3:::${names.get(`\${${id}}`) ?? id}`);
  return ofType(foundation(templates), 'AWS::S3::BucketPolicy')
    .flatMap(([, { Properties }]) => statementsOf(Properties.PolicyDocument))
    .filter((statement) => statement.Effect === 'Deny' && condition(statement, 'ArnNotLike', 'aws:PrincipalArn').length > 0)
    .flatMap((statement) =>
      list(statement.Resource).map((keys) => ({
        keys: imported(keys),
        actions: list(statement.Action),
        to: condition(statement, 'ArnNotLike', 'aws:PrincipalArn'),
      })),
    );
}

/** What roles may do to objects, and the buckets deny. */
const deniedByBuckets = (templates: Templates): string[] =>
  closedKeys(templates).flatMap(({ keys, actions, to }) =>
    grants(templates).flatMap((grant) =>
      grant.resources
        .filter((resource) => resource.startsWith('arn:${AWS::Partition}:s3:::') && meet(resource, keys))
        .filter(() => !to.some((pattern) => meet(pattern, grant.role)))
        .flatMap((resource) =>
          grant.actions.filter((action) => actions.includes(action)).map((action) => `${grant.role}: ${action} on ${resource}`),
        ),
    ),
  );

/** A copy of the templates in which every policy statement of Foundation has gone through `edit`. */
function mutated(edit: (statement: Statement, id: string) => void): Templates {
  const copy = structuredClone(own);
  for (const [id, { Properties }] of Object.entries(foundation(copy).Resources)) {
    const document = Properties.KeyPolicy ?? Properties.PolicyDocument;
    for (const statement of (document as { Statement?: Statement[] } | undefined)?.Statement ?? []) edit(statement, id);
  }
  return copy;
}
/** Admits nobody in place of one actor. */
const shutOut = (id: string, actor: string, operator: 'ArnLike' | 'ArnNotLike'): Templates =>
  mutated((statement, of) => {
    const admitted = (statement.Condition as Record<string, Record<string, unknown>> | undefined)?.[operator];
    if (of !== id || admitted?.['aws:PrincipalArn'] === undefined) return;
    admitted['aws:PrincipalArn'] = [admitted['aws:PrincipalArn']]
      .flat()
      .map((arn) =>
        String(readable(arn)).includes(`role${rolePath('dev', actor as Actor)}`) ? 'arn:aws:iam::1:role/nobody/*' : arn,
      );
  });
/** Each actor that a resource's policy admits, with the resource. */
const admitted = (type: string, operator: 'ArnLike' | 'ArnNotLike'): [string, string][] =>
  ofType(foundation(own), type).flatMap(([id, { Properties }]) =>
    statementsOf(Properties.KeyPolicy ?? Properties.PolicyDocument)
      .flatMap((statement) => condition(statement, operator, 'aws:PrincipalArn'))
      .flatMap((arn): [string, string][] => {
        const actor = /role\/headwaters\/dev\/([^/]+)\/\*$/.exec(arn)?.[1];
        return actor === undefined ? [] : [[id, actor]];
      }),
  );

test('every key that a role may use lets it, through the same service', () => {
  expect(keyGrants(own).length).toBeGreaterThan(10);
  for (const { resources } of keyGrants(own)) expect(resources).toEqual([expect.stringMatching(/^\$\{import .*KeyArn\}$/)]);
  expect(refusedByKeys(own)).toEqual([]);
});

test.each(admitted('AWS::KMS::Key', 'ArnLike'))('%s would be found to refuse the %s', (id, actor) => {
  const refused = refusedByKeys(shutOut(id, actor, 'ArnLike'));
  expect(refused.length).toBeGreaterThan(0);
  for (const line of refused) expect(line).toContain(`role${rolePath('dev', actor as Actor)}`);
});

test('a key would be found that is used through another service than it says', () => {
  const templates = mutated((statement) => {
    const equals = (statement.Condition as Record<string, Record<string, unknown>> | undefined)?.StringEquals;
    if (statement.Sid === 'UseByActors' && equals !== undefined)
      equals['kms:ViaService'] = 'firehose.${AWS::Region}.amazonaws.com';
  });
  expect(refusedByKeys(templates)).toHaveLength(keyGrants(own).flatMap(({ actions }) => actions).length);
});

test('a role would be found that may use a key through anything', () => {
  const copy = structuredClone(own);
  const [first] = [...copy.values()].flatMap((template) =>
    ofType(template, 'AWS::IAM::ManagedPolicy')
      .flatMap(
        ([, { Properties }]) =>
          (Properties.PolicyDocument as { Statement: { Action: string | string[]; Condition?: unknown }[] }).Statement,
      )
      .filter(({ Action }) => list(Action).some((action) => action.startsWith('kms:'))),
  );
  delete first?.Condition;
  expect(refusedByKeys(copy).every((line) => line.endsWith('via anything'))).toBe(true);
  expect(refusedByKeys(copy).length).toBeGreaterThan(0);
});

test('every bucket that closes keys lets in each role that may read or write there', () => {
  const closed = closedKeys(own);
  expect(closed.map(({ keys }) => keys).sort()).toEqual([
    'arn:${AWS::Partition}:s3:::${import headwaters-dev-CleanBucketName}/_errors/*',
    'arn:${AWS::Partition}:s3:::${import headwaters-dev-QuarantineBucketName}/*',
    'arn:${AWS::Partition}:s3:::${import headwaters-dev-RawBucketName}/*',
  ]);
  const { read, write, unlock } = OBJECT_ACTIONS;
  for (const { actions } of closed) expect(actions).toEqual([...read, ...write, ...unlock]);
  expect(deniedByBuckets(own)).toEqual([]);
});

test.each(admitted('AWS::S3::BucketPolicy', 'ArnNotLike'))('%s would be found to deny the %s', (id, actor) => {
  const denied = deniedByBuckets(shutOut(id, actor, 'ArnNotLike'));
  expect(denied.length).toBeGreaterThan(0);
  for (const line of denied) expect(line).toContain(`role${rolePath('dev', actor as Actor)}`);
});

test('a role would be found that reads what a bucket closes', () => {
  const copy = structuredClone(own);
  const [serving] = ofType(copy.get(stackName.serving('dev')) ?? foundation(copy), 'AWS::IAM::ManagedPolicy');
  const { Statement } = serving?.[1].Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] };
  Statement.push({
    Action: 's3:GetObject',
    Resource: 'arn:${AWS::Partition}:s3:::${import headwaters-dev-CleanBucketName}/*/energy/*',
  });
  expect(deniedByBuckets(copy)).toEqual([expect.stringContaining(`role${rolePath('dev', 'analyst')}`)]);
});

test.each([
  ['a/*', 'a/keep*/b/*', true],
  ['a/_errors/*', 'a/keep*/b/*', false],
  ['a/_errors/*', 'a/*/b/*', true],
  ['a/_errors/*', 'a/_errors', false],
  ['a/*', 'b/*', false],
])('%s and %s have keys in common: %s', (a, b, common) => {
  expect(meet(a, b)).toBe(common);
  expect(meet(b, a)).toBe(common);
});
