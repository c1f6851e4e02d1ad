import { App } from 'aws-cdk-lib/core';
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
export const readPlaced = (folder: string): readonly PlacedStack[] =>
  readAssembly(folder).map((stack) => ({ ...stack, region: stack.region ?? PLACE.region }));
