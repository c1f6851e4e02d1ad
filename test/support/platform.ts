import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { readContracts, readSlots } from '../../core/contract/read-file.ts';
import type { DataContract } from '../../core/contract/model.ts';
import type { Ledger } from '../../core/findings/ledger.ts';
import type { NamedQuery } from '../../core/query/named-query.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { ENVIRONMENTS } from '../../lib/config/environments.ts';
import { withoutPlace } from '../../lib/config/without-place.ts';
import { ledgerOf } from '../../lib/findings/ledger-file.ts';
import { addPlatform } from '../../lib/platform.ts';
import type { Slots } from '../../core/slots/slots.ts';
import { readNamedQueries } from '../../lib/read-named-queries.ts';
import { testApp, type Resources } from './synth.ts';

export interface StackTemplate {
  readonly Resources: Resources;
  readonly Outputs?: Record<string, unknown>;
}

/** The templates of an app, by their stacks' names, as they are written. */
export function platformTemplates(
  contracts: readonly DataContract[],
  namedQueries: readonly NamedQuery[] = [],
  environment: Environment = environmentWithoutAccount('dev'),
  ledger?: Ledger,
  slots: Slots = {},
): ReadonlyMap<string, string> {
  const app = testApp();
  addPlatform(app, { environment, contracts, namedQueries, ledger, slots });
  const assembly = app.synth();
  return new Map(
    assembly.stacks.map((stack) => [stack.stackName, readFileSync(path.join(assembly.directory, stack.templateFile), 'utf8')]),
  );
}

/** An environment that depends on no credentials of whoever runs the tests. */
export function environmentWithoutAccount(name: string): Environment {
  const [found] = ENVIRONMENTS.filter((environment) => environment.name === name);
  if (found === undefined) throw new Error(`there is no environment '${name}'`);
  return withoutPlace(found);
}

/** An environment of the repository's own contracts and questions. */
export const ownTemplates = (name = 'dev'): ReadonlyMap<string, string> =>
  platformTemplates(
    readContracts('contracts'),
    readNamedQueries('models/questions'),
    environmentWithoutAccount(name),
    ledgerOf('ledger.yaml'),
    readSlots('contracts'),
  );

export const parseTemplate = (text: string): StackTemplate => JSON.parse(text) as StackTemplate;

/** An environment whose data outlives its stacks. */
export const retained: Environment = { ...environmentWithoutAccount('dev'), name: 'other', removalPolicy: RemovalPolicy.RETAIN };
