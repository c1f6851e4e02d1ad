/**
 * Imports point one way: core <- constructs <- lib <- bin, and core <- local <- cli (docs/adr/0001).
 * An import is judged by the folder it resolves to, or by its package; test/repository/import-directions.test.ts proves that each entry bites.
 */
import path from 'node:path';

const AWS_SDK = /^(@aws-sdk|@smithy)\//;
const CDK = /^(aws-cdk-lib|constructs)(\/|$)/;
const IMPURE = /^(node:(?!(crypto|zlib)$)|(fs|path|os|http|http2|net|child_process)(\/|$))/;

/** `inside`: where the rule holds. `folders` and `packages`: what may not be imported there. */
export const directions = [
  {
    inside: /^core\//,
    folders: /^(constructs|lib|bin|local|cli|sample)\//,
    packages: [AWS_SDK, CDK],
    why: 'core imports nothing but core',
  },
  {
    inside: /^core\/(?!contract\/read-file\.ts)/,
    packages: [IMPURE],
    why: 'core is pure: core/contract/read-file.ts alone may read',
  },
  {
    inside: /^core\/aws\//,
    folders: /^core\/(?!aws\/)/,
    why: 'core/aws knows AWS and no contract: the local runtime stands on it',
  },
  {
    inside: /^core\/cost\//,
    folders: /^core\/review\//,
    why: 'a review says what a change costs, and a price knows no review',
  },
  { inside: /^constructs\//, folders: /^(lib|bin|local|cli|sample)\//, why: 'constructs import core and the CDK' },
  { inside: /^constructs\/(?!.*\.lambda\.ts$)/, packages: [AWS_SDK], why: 'constructs describe resources and call none' },
  { inside: /\.lambda\.ts$/, packages: [CDK], why: 'Lambda code never carries the CDK' },
  { inside: /^lib\//, folders: /^(bin|local|cli|sample)\//, packages: [AWS_SDK], why: 'lib composes constructs' },
  { inside: /^bin\//, folders: /^(local|cli|sample)\//, packages: [AWS_SDK], why: 'bin is the app' },
  {
    inside: /^local\//,
    folders: /^(constructs|lib|bin|cli|sample|core\/(?!aws\/))/,
    packages: [CDK],
    why: 'the template is the program: the local runtime knows core/aws and nothing that made the template',
  },
  { inside: /^cli\//, folders: /^(constructs|lib|bin)\//, packages: [CDK], why: 'the command reads cdk.out' },
  { inside: /^cli\/(?!sample-source\.ts)/, folders: /^sample\//, why: 'only cli/sample-source.ts knows that a sample exists' },
  {
    inside: /^sample\//,
    folders: /^(constructs|lib|bin|local|cli)\//,
    packages: [AWS_SDK, CDK],
    why: 'the sample makes events and nothing else',
  },
  {
    inside: /^(core|constructs|lib|bin|local|cli|sample)\//,
    folders: /^(prove|test|bench|build)\//,
    why: 'what ships knows nothing of its proofs',
  },
  {
    inside: /./,
    packages: [/^aws-cdk-lib$/],
    why: "the barrel costs half a second of every synth; import 'aws-cdk-lib/core' and services by path",
  },
];

const rule = {
  meta: { type: 'problem', schema: [], messages: { wrong: "'{{source}}' may not be imported here: {{why}}" } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const judge = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const target = source.startsWith('.') ? path.posix.join(path.posix.dirname(file), source) : undefined;
      for (const { inside, folders, packages = [], why } of directions) {
        if (!inside.test(file)) continue;
        const wrong = target === undefined ? packages.some((name) => name.test(source)) : folders?.test(target);
        if (wrong) context.report({ node, messageId: 'wrong', data: { source, why } });
      }
    };
    return {
      ImportDeclaration: judge,
      ExportNamedDeclaration: judge,
      ExportAllDeclaration: judge,
      ImportExpression: judge,
      TSImportType: judge,
    };
  },
};

export const importDirections = [
  {
    files: ['**/*.ts'],
    plugins: { headwaters: { rules: { 'import-directions': rule } } },
    rules: { 'headwaters/import-directions': 'error' },
  },
];
