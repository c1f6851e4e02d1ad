import { App } from 'aws-cdk-lib/core';
import path from 'node:path';
import { ContractError } from '../core/contract/fault.ts';
import { readContracts } from '../core/contract/read-file.ts';
import { NamedQueryError } from '../core/query/named-query.ts';
import { EnvironmentError } from '../lib/config/environment.ts';
import { environmentsAsked } from '../lib/config/environments.ts';
import { FEATURE_FLAGS } from '../lib/feature-flags.ts';
import { addPlatform } from '../lib/platform.ts';
import { readNamedQueries } from '../lib/read-named-queries.ts';

const root = process.cwd();
try {
  const app = new App({ context: FEATURE_FLAGS, analyticsReporting: false });
  const contracts = readContracts(path.join(root, 'contracts'));
  const namedQueries = readNamedQueries(path.join(root, 'models/questions'));
  for (const environment of environmentsAsked(app.node.tryGetContext('env')))
    addPlatform(app, { environment, contracts, namedQueries });
  app.synth();
} catch (error) {
  const isTheirs = [ContractError, NamedQueryError, EnvironmentError].some((kind) => error instanceof kind);
  if (!isTheirs || !(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`); // what a person wrote and can mend: our stack would only hide it
  process.exitCode = 1;
}
