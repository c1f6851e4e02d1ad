import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import type { DatasetContract } from '../../../core/contract/model.ts';
import type { IngestionForm } from '../../../core/ingestion/ingestion-form.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import { addPlatform } from '../../../lib/platform.ts';
import { environmentWithoutAccount } from '../../../test/support/platform.ts';
import type { Resource } from '../../../test/support/synth.ts';
import { DOMAIN, proofContract } from '../contract.ts';
import { Mischief, type Lie } from './mischief.ts';

process.env.CDK_VALIDATION ??= 'false'; // CDK's template validator costs 3 s and runs in the gate of `cdk synth`

/** What changes a template of the proof's domain: the resources by their logical ids, to be changed in place. */
export type Edit = (resources: Record<string, Resource>) => void;

export interface AssemblyProps {
  /** How events come in. @default 'stream' */
  readonly form?: IngestionForm;
  /** When an event must be in a curated table: ISO 8601. @default - there is no such table */
  readonly curatedWithin?: string;
  /** What the transform function does to every answer. @default - nothing */
  readonly lie?: Lie | undefined;
  /** Where the datasets are deployed. @default - dev */
  readonly environment?: ReturnType<typeof environmentWithoutAccount>;
}

/** The templates that a proof runs on, synthesized once, and copies of them that somebody has spoilt. */
export class Assembly {
  readonly folder: string;
  /** What the transform function is made to do. */
  readonly mischief: Mischief;
  /** The resources of the domain, as synthesized. */
  readonly resources: Readonly<Record<string, Resource>>;
  private readonly root = mkdtempSync(path.join(tmpdir(), 'headwaters-proof-'));
  private readonly variants = new Map<Edit, string>();

  /** What is deployed, by its place among the names. */
  readonly contracts: readonly DatasetContract[];
  readonly form: IngestionForm;

  /** @param datasets Names of the datasets, all of one domain */
  constructor(
    readonly datasets: readonly string[],
    { form = 'stream', curatedWithin, lie, environment = environmentWithoutAccount('dev') }: AssemblyProps = {},
  ) {
    const contract = proofContract(datasets, form, curatedWithin);
    this.contracts = contract.datasets;
    this.form = form;
    this.folder = path.join(this.root, 'cdk.out');
    const app = new App({ ...APP_PROPS, outdir: this.folder });
    addPlatform(app, {
      environment,
      contracts: [contract],
      namedQueries: [],
    });
    app.synth();
    this.mischief = new Mischief(path.join(this.root, 'mischief.json'));
    this.wrapFunction(lie);
    this.resources = readTemplate(path.join(this.folder, this.template(this.folder))).Resources;
  }

  /** A folder of the same templates, of which the domain's is changed by `edit`. */
  variant(edit: Edit): string {
    const found = this.variants.get(edit);
    if (found !== undefined) return found;
    const folder = path.join(this.root, `variant-${this.variants.size}`);
    cpSync(this.folder, folder, { recursive: true });
    const file = path.join(folder, this.template(folder));
    const template = readTemplate(file);
    edit(template.Resources);
    writeFileSync(file, JSON.stringify(template));
    this.variants.set(edit, folder);
    return folder;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private template(folder: string): string {
    const found = readdirSync(folder).find((name) => name.endsWith(`-Domain-${DOMAIN}.template.json`));
    if (found === undefined) throw new TypeError(`the assembly holds no template of the domain '${DOMAIN}'`);
    return found;
  }

  /** The real handler stays as it is; what is asked of it passes by the mischief first. */
  private wrapFunction(lie: Lie | undefined): void {
    const assets = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    for (const bundle of assets.filter((name) => path.basename(name) === 'index.mjs')) {
      const file = path.join(this.folder, bundle);
      renameSync(file, path.join(path.dirname(file), 'transform.mjs'));
      writeFileSync(file, this.mischief.wrapperOf('./transform.mjs', lie));
    }
  }
}

const readTemplate = (file: string): { readonly Resources: Record<string, Resource> } =>
  JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, Resource> };
