import { jest } from '@jest/globals';
import { TestProject } from '../support/project.ts';

jest.setTimeout(180_000);

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

test.each([
  ['analyst', 'athena:StartQueryExecution'],
  ['delivery', 's3:PutObject'],
  ['transform', 'firehose:PutRecordBatch'],
  ['producer', 'kinesis:PutRecords'],
  ['delivery', 'kms:GenerateDataKey'],
  ['analyst', 's3:GetObject'],
])('fails with AccessDenied when the %s may not %s', async (actor, action) => {
  const project = new TestProject({ edit: without(actor, action) });
  try {
    const { code, stderr } = await project.headwaters('demo', '--json', '--rows', '2000');
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`assumed-role/\\S+ is not authorized to perform: ${action} on resource`));
  } finally {
    project.remove();
  }
});
