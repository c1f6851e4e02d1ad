import { App } from 'aws-cdk-lib/core';
import { Preflight } from 'cdk-preflight';
import path from 'node:path';
import { ContractError } from '../core/contract/fault.ts';
import { readContracts } from '../core/contract/read-file.ts';
import { ASK_FINDINGS } from '../core/findings/found.ts';
import { LedgerError } from '../core/findings/read-ledger.ts';
import { isCi } from '../core/is-ci.ts';
import { NamedQueryError } from '../core/query/named-query.ts';
import { adviseContracts } from '../lib/advise-contracts.ts';
import { APP_PROPS } from '../lib/app-props.ts';
import { InvalidProps } from '../constructs/invalid-props.ts';
import { adviseEnvironment } from '../lib/config/advise-environment.ts';
import { EnvironmentError } from '../lib/config/environment.ts';
import { environmentsAsked } from '../lib/config/environments.ts';
import { withoutPlace } from '../lib/config/without-place.ts';
import { ledgerOf } from '../lib/findings/ledger-file.ts';
import { checkLimits, LimitError } from '../lib/limits/check-limits.ts';
import { addPlatform } from '../lib/platform.ts';
import { readNamedQueries } from '../lib/read-named-queries.ts';
import { recordSlots, SlotsError } from '../lib/slots/record-slots.ts';

const root = process.cwd();
const folder = path.join(root, 'contracts');
/** CDK's name for what the constructs of a tree found wrong with themselves. */
const INVALID_TREE = 'ValidationFailedWithErrors';
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
try {
  const app = new App(APP_PROPS);
  if (process.env.CDK_VALIDATION !== 'false') Preflight.apply(app); // what AWS would refuse later
  const contracts = readContracts(folder);
  const namedQueries = readNamedQueries(path.join(root, 'models/questions'));
  const ledger = ledgerOf(path.join(root, 'ledger.yaml'));
  const isJudged = app.node.tryGetContext(ASK_FINDINGS.key) === ASK_FINDINGS.value;
  const asked = environmentsAsked(app.node.tryGetContext('env'));
  const environments = isJudged ? asked.map(withoutPlace) : asked; // a ledger names no account
  const datasets = contracts.flatMap((contract) => contract.datasets);
  const { slots, keep } = recordSlots(folder, datasets, isCi(process.env));
  for (const environment of environments) addPlatform(app, { environment, contracts, namedQueries, slots, ledger });
  const names = environments.map(({ name }) => name);
  const assembly = app.synth();
  for (const line of checkLimits(assembly, names)) say(line);
  for (const line of [...environments.flatMap(adviseEnvironment), ...adviseContracts(folder, contracts)]) say(line);
  if (isJudged) (await import('../lib/findings/write-found.ts')).writeFound(assembly, datasets); // the packs cost a second to load
  // what was refused has been given no slot, and who only looks gives none
  const kept = app.node.tryGetContext('slots') === 'unrecorded' ? undefined : keep();
  if (kept !== undefined) say(kept);
} catch (error) {
  const theirs = [ContractError, NamedQueryError, EnvironmentError, InvalidProps, LedgerError, SlotsError, LimitError];
  const isTheirs = theirs.some((kind) => error instanceof kind);
  if (!(error instanceof Error) || !(isTheirs || error.name === INVALID_TREE)) throw error;
  say(error.message); // what a person wrote and can mend: our stack would only hide it
  process.exitCode = 1;
}
