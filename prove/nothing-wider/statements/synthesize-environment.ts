import { App } from 'aws-cdk-lib/core';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readContracts } from '../../../core/contract/read-file.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import { ledgerOf } from '../../../lib/findings/ledger-file.ts';
import { addPlatform } from '../../../lib/platform.ts';
import { readNamedQueries } from '../../../lib/read-named-queries.ts';
import { readAssembly, type StackTemplate } from '../../../local/assembly/read-assembly.ts';
import { environmentWithoutAccount } from '../../../test/support/platform.ts';
import { PLACE } from './place.ts';

/** Where a stack is deployed, beside what it holds. */
export interface PlacedStack extends StackTemplate {
  readonly region: string;
}

/** Synthesizes an environment of the repository's own contracts into a cloud assembly that the local runtime can start. */
export function synthesizeEnvironment(name: string, folder: string): readonly PlacedStack[] {
  const app = new App({ ...APP_PROPS, outdir: folder });
  addPlatform(app, {
    environment: environmentWithoutAccount(name),
    contracts: readContracts('contracts'),
    namedQueries: readNamedQueries('models/questions'),
    ledger: ledgerOf('ledger.yaml'),
  });
  app.synth();
  return readPlaced(folder);
}

/** The stacks of an assembly, each after those that it depends on, and their regions. */
export function readPlaced(folder: string): readonly PlacedStack[] {
  const { artifacts } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
  return readAssembly(folder).map((stack) => {
    const environment = artifacts[stack.name]?.environment ?? '';
    const region = environment.slice(environment.lastIndexOf('/') + 1);
    return { ...stack, region: region === '' || region === 'unknown-region' ? PLACE.region : region };
  });
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, { readonly environment?: string }>>;
}
