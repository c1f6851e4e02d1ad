import { App } from 'aws-cdk-lib/core';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DataContract } from '../../core/contract/model.ts';
import { stackName } from '../../core/naming.ts';
import { withReleases } from '../../core/storage/dataset-past.ts';
import { APP_PROPS } from '../../lib/app-props.ts';
import { addPlatform } from '../../lib/platform.ts';
import { environmentWithoutAccount } from '../../test/support/platform.ts';
import { PROOF } from './contract-of.ts';

export const ENVIRONMENT = 'dev';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}
export interface DomainTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** Synthesizes the platform of one contract, with what was released of it before, to a folder. */
export function synthesize(contract: DataContract, released: readonly DataContract[], folder: string): void {
  const app = new App({ ...APP_PROPS, builtinCloudFormationValidation: false, outdir: folder }); // it takes seconds, and runs in the gate of synth
  const environment = environmentWithoutAccount(ENVIRONMENT);
  addPlatform(app, { environment, contracts: withReleases([contract], released), namedQueries: [] });
  app.synth();
}

const templateFile = (name: string): string => `${name}.template.json`;
const DOMAIN_TEMPLATE = templateFile(stackName.domain(ENVIRONMENT, PROOF.domain));
const ASSETS = '.assets.json';

export const domainTemplate = (folder: string): DomainTemplate => read(path.join(folder, DOMAIN_TEMPLATE)) as DomainTemplate;

/** Names of the stacks whose templates differ between two folders. */
export const changedStacks = (one: string, other: string): string[] =>
  readdirSync(one)
    .filter((name) => name.endsWith(templateFile('')))
    .filter((name) => readFileSync(path.join(one, name), 'utf8') !== readFileSync(path.join(other, name), 'utf8'));
export const ONLY_DOMAIN: readonly string[] = [DOMAIN_TEMPLATE];

/** Writes an assembly whose domain stack has come half the way from one to another: `Resources` of both, and the files of both. */
export function writeMixed(before: string, after: string, Resources: DomainTemplate['Resources'], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(before).filter((file) => file.endsWith('.json'))) {
    const content = read(path.join(before, name)) as object;
    const mixed = name.endsWith(ASSETS)
      ? { ...content, files: { ...filesOf(after, name), ...filesOf(before, name) } }
      : name === DOMAIN_TEMPLATE
        ? { ...content, Resources }
        : content;
    writeFileSync(path.join(folder, name), JSON.stringify(mixed));
  }
}

interface AssetFile {
  readonly source: { readonly path: string };
}
interface Assets {
  readonly files: Readonly<Record<string, AssetFile>>;
}

/** The assets of a stack, each where it lies now. */
const filesOf = (folder: string, name: string): Readonly<Record<string, AssetFile>> =>
  Object.fromEntries(
    Object.entries((read(path.join(folder, name)) as Assets).files).map(([id, file]) => [
      id,
      { ...file, source: { ...file.source, path: path.resolve(folder, file.source.path) } },
    ]),
  );

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
