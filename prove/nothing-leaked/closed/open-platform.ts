import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import path from 'node:path';
import { Platform } from '../../../cli/platform/platform.ts';
import type { Place } from '../../../cli/platform/session.ts';
import { Consumer } from '../../../constructs/serving/index.ts';
import { importLake } from '../../../constructs/storage/index.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import { stackName } from '../../../core/naming.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import { addPlatform } from '../../../lib/platform.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { environmentWithoutAccount } from '../../../test/support/platform.ts';
import { EVENTS_UNTIL } from '../values/base-events.ts';

/** An environment that runs, with one more group of people who ask. */
export interface OpenPlatform {
  /** The environment's. */
  readonly name: string;
  readonly runtime: LocalRuntime;
  readonly platform: Platform;
  readonly place: Place;
  /** Roles of the templates that somebody who is no service may take. */
  readonly takeable: number;
}

/** What a test does to the templates before they are written. */
export type Edit = (app: App) => void;

/** Runs an environment of the contracts in a folder. */
export async function openPlatform(
  name: string,
  contracts: readonly DataContract[],
  folder: string,
  edit: Edit = () => undefined,
): Promise<OpenPlatform> {
  const assembly = path.join(folder, 'cdk.out');
  const app = new App({ ...APP_PROPS, outdir: assembly });
  const environment = environmentWithoutAccount(name);
  addPlatform(app, { environment, contracts, namedQueries: [] });
  addWatchers(app, name, [...new Set(contracts.map(({ domain }) => domain))]);
  edit(app);
  const templates = app.synth().stacks.map((stack) => stack.template as Template);
  const runtime = await start({
    assembly,
    state: path.join(folder, 'state'),
    clock: new SimulatedClock(EVENTS_UNTIL),
  });
  const { endpoint, region, operator, outputs } = runtime;
  const takeable = templates.reduce((sum, template) => sum + rolesOfPeople(template), 0);
  return { name, runtime, platform: new Platform(name, outputs), place: { endpoint, region, operator }, takeable };
}

/** A group beside the platform's own: what opens to it must not open originals. */
function addWatchers(app: App, name: string, domains: readonly string[]): void {
  const environment = environmentWithoutAccount(name);
  const stack = new Stack(app, `Headwaters-${name}-Watchers`);
  const { role } = new Consumer(stack, 'Watchers', {
    environment: name,
    group: 'watchers',
    domains,
    lake: importLake(stack, name),
    scanCutoff: environment.scanCutoff,
  });
  new CfnOutput(stack, 'WatchersRoleArn', { value: role.roleArn });
  stack.addStackDependency(Stack.of(app.node.findChild(stackName.foundation(name))));
}

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

const rolesOfPeople = ({ Resources = {} }: Template): number =>
  Object.values(Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::IAM::Role' && JSON.stringify(trustOf(Properties)).includes('"Principal":{"AWS"'),
  ).length;

const trustOf = (properties: unknown): unknown =>
  (properties as { readonly AssumeRolePolicyDocument?: unknown } | undefined)?.AssumeRolePolicyDocument ?? {};
