import { vi } from 'vitest';
import { inFull } from '../support/in-full.ts';
import { TestProject } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

interface Counted {
  readonly name: string;
  readonly produced: number;
  readonly accepted: number;
  readonly quarantined: number;
}

/** An edit of the first resource of a type in each domain's template; `of` narrows the type. */
const editFirst = (type: string, of: string, body: string): string => `
export default (name, template) => {
  const found = Object.values(template.Resources).find(({ Type, Properties }) => Type === '${type}' && ${of});
  if (found === undefined) return;
  const { Properties } = found;
  ${body}
};`;
const editDelivery = (body: string): string =>
  editFirst(
    'AWS::KinesisFirehose::DeliveryStream',
    "Properties.DeliveryStreamType === 'KinesisStreamAsSource'",
    `const destination = Properties.ExtendedS3DestinationConfiguration; ${body}`,
  );

async function run(edit: string) {
  const project = new TestProject({ edit });
  try {
    return await project.headwaters('demo', '--json', '--rows', '2000');
  } finally {
    project.remove();
  }
}

const MISPLACED: readonly (readonly [what: string, edit: string])[] = [
  [
    'a table does not see its rows',
    editFirst(
      'AWS::Glue::Table',
      "Properties.TableInput.TableType === 'EXTERNAL_TABLE'",
      "Properties.TableInput.Parameters['projection.dt.range'] = '1999-01-01,1999-12-31';",
    ),
  ],
  ['rows lie where no table looks', editDelivery("destination.Prefix = destination.Prefix.replace(/^[^/]+/, '_errors');")],
  ['rows lie in another bucket', editDelivery('destination.BucketARN = destination.S3BackupConfiguration.BucketARN;')],
];

test.each(inFull(MISPLACED))('fails with EventsLost when %s, and counts them all the same', async (_, edit) => {
  const { code, stdout, stderr } = await run(edit);
  const { datasets } = JSON.parse(stdout) as { datasets: readonly Counted[] };
  const lost = datasets.filter(({ produced, accepted, quarantined }) => produced !== accepted + quarantined);
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.length).toBeLessThan(datasets.length);
  for (const { produced, accepted, quarantined } of lost) {
    expect(accepted).toBe(0);
    expect(quarantined).toBeLessThan(produced / 10);
  }
  expect(stderr).toContain(
    `EventsLost: produced must equal accepted + quarantined for ${lost.map(({ name }) => `'${name}'`).join(', ')}`,
  );
  expect(code).toBe(1);
});

test("fails with DeliveryFailed when a delivery writes into another's prefix", async () => {
  const { code, stdout, stderr } = await run(
    editDelivery("destination.Prefix = destination.Prefix.replace(/[^/]+(?=\\/dt=)/, 'elsewhere');"),
  );
  expect(stderr).toMatch(/DeliveryFailed: .*\n.*is not authorized to perform: s3:PutObject on resource: \S+\/elsewhere\/dt=/);
  expect(stdout).toBe('');
  expect(code).toBe(1);
});
