/** Bundles each Lambda function once; every dataset shares the result, and synthesis only points at it. */
import { build } from 'esbuild';

const functions = [
  { name: 'transform', entry: 'constructs/ingestion/transform.lambda.ts' },
  { name: 'replay', entry: 'constructs/replay/replay.lambda.ts' },
  { name: 'iceberg-table', entry: 'constructs/catalog/iceberg-table.lambda.ts' },
];

for (const { name, entry } of functions) {
  await build({
    entryPoints: [entry],
    outfile: `dist/functions/${name}/index.mjs`,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: 'node20', // the local runtime runs the same bundle on the host's Node
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
