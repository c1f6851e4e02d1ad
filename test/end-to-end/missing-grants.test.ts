import { vi } from 'vitest';
import { inFull } from '../support/in-full.ts';
import { TestProject } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** An edit that takes one action from the policies of one actor. */
const without = (actor: string, action: string): string => `
export default (name, template) => {
  for (const resource of Object.values(template.Resources)) {
    if (resource.Type !== 'AWS::IAM::ManagedPolicy' || !resource.Properties.Path.endsWith('/${actor}/')) continue;
    for (const statement of resource.Properties.PolicyDocument.Statement) {
      const kept = [statement.Action].flat().filter((action) => action !== '${action}');
      statement.Action = kept.length === 0 ? ['sts:GetCallerIdentity'] : kept;
    }
  }
};`;

const GRANTS: readonly (readonly [actor: string, action: string])[] = [
  ['delivery', 's3:PutObject'],
  ['analyst', 'athena:StartQueryExecution'],
  ['transform', 'firehose:PutRecordBatch'],
  ['producer', 'kinesis:PutRecords'],
  ['delivery', 'kms:GenerateDataKey'],
  ['analyst', 's3:GetObject'],
];

test.each(inFull(GRANTS))('fails with AccessDenied when the %s may not %s', async (actor, action) => {
  const project = new TestProject({ edit: without(actor, action) });
  try {
    const { code, stderr } = await project.headwaters('demo', '--json', '--rows', '2000');
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`assumed-role/\\S+ is not authorized to perform: ${action} on resource`));
  } finally {
    project.remove();
  }
});

/** An edit after which the policies of resources name somebody else in one actor's place. */
const unnamed = (type: string, document: string, actor: string): string => `
export default (name, template) => {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== '${type}') continue;
    Properties.${document} = JSON.parse(JSON.stringify(Properties.${document}).replaceAll('/${actor}/*', '/nobody/*'));
  }
};`;

const POLICIES: readonly (readonly [kind: string, type: string, document: string, words: RegExp])[] = [
  [
    'key',
    'AWS::KMS::Key',
    'KeyPolicy',
    /is not authorized to perform: kms:\w+ on resource: \S+ because no (identity|resource)-based policy allows/,
  ],
  [
    'bucket',
    'AWS::S3::BucketPolicy',
    'PolicyDocument',
    /is not authorized to perform: s3:PutObject on resource: \S+ with an explicit deny in a resource-based policy/,
  ],
];

test.each(inFull(POLICIES))(
  'fails with AccessDenied when the policy of a %s no longer names the deliveries',
  async (_, type, document, words) => {
    const project = new TestProject({ edit: unnamed(type, document, 'delivery') });
    try {
      const { code, stderr } = await project.headwaters('demo', '--json', '--rows', '2000');
      expect(code).toBe(1);
      expect(stderr).toMatch(words);
    } finally {
      project.remove();
    }
  },
);
