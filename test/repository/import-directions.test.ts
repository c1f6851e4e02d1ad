import path from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
// @ts-expect-error a plain module without types, as ESLint loads it
import { directions as untypedDirections, importDirections as untypedConfig } from '../../build/import-directions.mjs';

const directions = untypedDirections as readonly { readonly inside: RegExp; readonly why: string }[];
const config = untypedConfig as Linter.Config[];
const linter = new Linter({ cwd: process.cwd() });

/** What the rule says of one statement in a file. */
function complaints(file: string, code: string): string[] {
  const found = linter.verify(code, [...config, { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }], {
    filename: path.join(process.cwd(), file),
  });
  const fatal = found.find((message) => message.fatal === true);
  if (fatal !== undefined) throw new Error(fatal.message);
  return found.map(({ message }) => message);
}

/** For each direction, by its reason: imports that it refuses, and neighbours of them that it lets pass. */
const CASES: Readonly<
  Record<string, { readonly wrong: readonly [string, string][]; readonly right: readonly [string, string][] }>
> = {
  'core imports nothing but core': {
    wrong: [
      ['core/contract/model.ts', '../../constructs/index.ts'],
      ['core/contract/model.ts', '../../lib/platform.ts'],
      ['core/contract/model.ts', '../../local/clock.ts'],
      ['core/naming.ts', '../cli/main.ts'],
      ['core/naming.ts', '../sample/index.ts'],
      ['core/naming.ts', '@aws-sdk/client-s3'],
      ['core/naming.ts', '@smithy/types'],
      ['core/naming.ts', 'aws-cdk-lib/core'],
      ['core/naming.ts', 'constructs'],
    ],
    right: [
      ['core/contract/model.ts', '../naming.ts'],
      ['core/naming.ts', 'zod'],
    ],
  },
  'what ships knows nothing of its proofs': {
    wrong: [
      ['core/naming.ts', '../prove/claim.ts'],
      ['cli/main.ts', '../test/support/project.ts'],
      ['local/start.ts', '../bench/meter.ts'],
    ],
    right: [
      ['prove/claims.ts', '../test/support/project.ts'],
      ['prove/claims.ts', '../local/start.ts'],
    ],
  },
  'core is pure: core/contract/read-file.ts alone may read': {
    wrong: [
      ['core/contract/model.ts', 'node:fs'],
      ['core/contract/model.ts', 'node:fs/promises'],
      ['core/contract/model.ts', 'fs'],
      ['core/contract/model.ts', 'node:path'],
    ],
    right: [
      ['core/contract/read-file.ts', 'node:fs'],
      ['core/record/protect.ts', 'node:crypto'],
      ['core/record/row-end.ts', 'node:zlib'],
    ],
  },
  'core/aws knows AWS and no contract: the local runtime stands on it': {
    wrong: [
      ['core/aws/iam/evaluate.ts', '../../contract/model.ts'],
      ['core/aws/prefix-expression.ts', '../naming.ts'],
    ],
    right: [['core/aws/iam/evaluate.ts', '../prefix-expression.ts']],
  },
  'a review says what a change costs, and a price knows no review': {
    wrong: [['core/cost/template/bill.ts', '../../review/review.ts']],
    right: [
      ['core/cost/template/bill.ts', '../../aws/template.ts'],
      ['core/review/compare-cost.ts', '../cost/template/bill.ts'],
    ],
  },
  'constructs import core and the CDK': {
    wrong: [
      ['constructs/storage/lake.ts', '../../lib/platform.ts'],
      ['constructs/storage/lake.ts', '../../bin/headwaters.ts'],
      ['constructs/storage/lake.ts', '../../local/clock.ts'],
      ['constructs/storage/lake.ts', '../../sample/index.ts'],
    ],
    right: [
      ['constructs/storage/lake.ts', '../../core/naming.ts'],
      ['constructs/storage/lake.ts', 'aws-cdk-lib/core'],
    ],
  },
  'constructs describe resources and call none': {
    wrong: [['constructs/storage/lake.ts', '@aws-sdk/client-s3']],
    right: [['constructs/ingestion/transform.lambda.ts', '@aws-sdk/client-firehose']],
  },
  'Lambda code never carries the CDK': {
    wrong: [
      ['constructs/ingestion/transform.lambda.ts', 'aws-cdk-lib/core'],
      ['constructs/ingestion/transform.lambda.ts', 'constructs'],
    ],
    right: [['constructs/ingestion/transform-function.ts', 'aws-cdk-lib/core']],
  },
  'lib composes constructs': {
    wrong: [
      ['lib/platform.ts', '../bin/headwaters.ts'],
      ['lib/platform.ts', '../cli/main.ts'],
      ['lib/platform.ts', '@aws-sdk/client-sts'],
    ],
    right: [['lib/platform.ts', '../constructs/index.ts']],
  },
  'bin is the app': {
    wrong: [
      ['bin/headwaters.ts', '../local/clock.ts'],
      ['bin/headwaters.ts', '@aws-sdk/client-sts'],
    ],
    right: [['bin/headwaters.ts', '../lib/platform.ts']],
  },
  'the template is the program: the local runtime knows core/aws and nothing that made the template': {
    wrong: [
      ['local/clock.ts', '../core/naming.ts'],
      ['local/s3/object-store.ts', '../../core/contract/model.ts'],
      ['local/clock.ts', '../constructs/index.ts'],
      ['local/clock.ts', '../lib/platform.ts'],
      ['local/clock.ts', '../sample/index.ts'],
      ['local/clock.ts', 'aws-cdk-lib/core'],
    ],
    right: [
      ['local/firehose/firehose.ts', '../../core/aws/prefix-expression.ts'],
      ['local/clock.ts', 'node:fs'],
    ],
  },
  'the command reads cdk.out': {
    wrong: [
      ['cli/main.ts', '../constructs/index.ts'],
      ['cli/main.ts', '../lib/platform.ts'],
      ['cli/main.ts', 'aws-cdk-lib/core'],
    ],
    right: [['cli/main.ts', '../local/clock.ts']],
  },
  'only cli/sample-source.ts knows that a sample exists': {
    wrong: [
      ['cli/main.ts', '../sample/index.ts'],
      ['cli/demo/run-demo.ts', '../../sample/index.ts'],
    ],
    right: [['cli/sample-source.ts', '../sample/index.ts']],
  },
  'the sample makes events and nothing else': {
    wrong: [
      ['sample/index.ts', '../cli/main.ts'],
      ['sample/index.ts', '../local/clock.ts'],
      ['sample/index.ts', '@aws-sdk/client-kinesis'],
      ['sample/index.ts', 'constructs'],
    ],
    right: [['sample/index.ts', '../core/contract/model.ts']],
  },
  "the barrel costs half a second of every synth; import 'aws-cdk-lib/core' and services by path": {
    wrong: [
      ['constructs/storage/lake.ts', 'aws-cdk-lib'],
      ['test/lib/x.test.ts', 'aws-cdk-lib'],
    ],
    right: [['constructs/storage/lake.ts', 'aws-cdk-lib/aws-s3']],
  },
};

test('every direction has its cases', () => {
  expect(Object.keys(CASES).sort()).toEqual(directions.map(({ why }) => why).sort());
});

describe.each(directions.map(({ why }) => why))('%s:', (why) => {
  const { wrong = [], right = [] } = CASES[why] ?? {};
  test.each(wrong)('%s may not import %s', (file, source) => {
    expect(complaints(file, `import x from '${source}';`)).toContain(`'${source}' may not be imported here: ${why}`);
  });
  test.each(right)('%s may import %s', (file, source) => {
    expect(complaints(file, `import x from '${source}';`)).toEqual([]);
  });
});

test.each([
  "import '../lib/platform.ts';",
  "import type { X } from '../lib/platform.ts';",
  "export { x } from '../lib/platform.ts';",
  "export * from '../lib/platform.ts';",
  "void import('../lib/platform.ts');",
  "type X = import('../lib/platform.ts').X;",
])('no form of import slips through: %s', (code) => {
  expect(complaints('core/naming.ts', code)).toEqual([
    "'../lib/platform.ts' may not be imported here: core imports nothing but core",
  ]);
});
