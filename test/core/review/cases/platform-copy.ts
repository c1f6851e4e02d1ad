import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataContract, DatasetContract } from '../../../../core/contract/model.ts';
import { readContracts } from '../../../../core/contract/read-file.ts';
import { readTemplate, type Templates } from '../../../../core/aws/template.ts';
import { leastVersion } from '../../../../core/contract/compatibility/version.ts';
import { viewText, type LegibleView } from '../../../support/presto-view.ts';

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
export type RawDataset = Writable<DatasetContract>;
export type RawColumn = RawDataset['columns'][number];

const FOLDER = 'test/lib/__snapshots__/prod';

export interface RawResource {
  Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
interface RawTemplate {
  Resources: Record<string, RawResource>;
  Outputs: Record<string, unknown>;
  Parameters: Record<string, unknown>;
  Description?: string;
}

/** A resource with its place; its properties may be written to. */
export interface Found {
  readonly id: string;
  readonly stack: string;
  readonly resource: RawResource;
  readonly properties: Record<string, unknown>;
}

/** A template as CloudFormation has it: the snapshot shows views as lines. */
const templateText = (snapshot: string): string =>
  JSON.stringify(
    JSON.parse(snapshot, (key, value: unknown) => (key === 'ViewOriginalText' ? viewText(value as LegibleView) : value)),
  );
const texts = new Map(
  readdirSync(FOLDER).map(
    (file) => [path.basename(file, '.json'), templateText(readFileSync(path.join(FOLDER, file), 'utf8'))] as const,
  ),
);

const HOME = 'aws://111122223333/eu-west-1';
const deployed = (terminationProtection: boolean, environment: string) => ({ terminationProtection, environment });

const READ = new Map([...texts].map(([name, text]) => [name, readTemplate(text, name, deployed(true, HOME))] as const));

const CONTRACTS = readContracts('contracts');

/** A copy of prod's templates and of their contracts, as reviewed, that a case may spoil. Resources are found by their type: ids and hashes come and go. */
export class PlatformCopy {
  private readonly stacks = new Map([...texts].map(([name, text]) => [name, JSON.parse(text) as RawTemplate] as const));
  private readonly protectedStacks = new Set(texts.keys());
  private readonly places = new Map<string, string>();
  readonly contracts = structuredClone(CONTRACTS) as Writable<DataContract>[];

  /** The first resource of a type, of which `is` holds. */
  the(type: string, is: (found: Found) => boolean = () => true): Found {
    const found = this.all(type).find(is);
    if (found === undefined) throw new Error(`prod must have a ${type} for this case`);
    return found;
  }

  all(type: string): Found[] {
    return [...this.stacks].flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => ({ id, stack, resource, properties: resource.Properties })),
    );
  }

  allOf(stack: string): Found[] {
    return Object.entries(this.template(stack).Resources).map(([id, resource]) => ({
      id,
      stack,
      resource,
      properties: resource.Properties,
    }));
  }

  template(stack: string): RawTemplate {
    const found = this.stacks.get(stack);
    if (found === undefined) throw new Error(`prod must have the stack ${stack}`);
    return found;
  }

  /** The first column of which `is` holds, in a dataset of a contract that says a new major version. */
  column(is: (column: RawColumn, dataset: RawDataset) => boolean): RawColumn {
    for (const contract of this.contracts)
      for (const dataset of contract.datasets) {
        const found = dataset.columns.find((column) => is(column, dataset));
        if (found === undefined) continue;
        contract.version = leastVersion(contract.version, 'major');
        return found;
      }
    throw new Error('a contract must have a column for this case');
  }

  /** The stack of the lake's buckets and keys. */
  get foundation(): string {
    return this.the('AWS::S3::Bucket').stack;
  }

  add(stack: string, id: string, resource: RawResource): void {
    this.template(stack).Resources[id] = resource;
  }

  remove({ stack, id }: Found): void {
    const { Resources } = this.template(stack);
    this.template(stack).Resources = Object.fromEntries(Object.entries(Resources).filter(([other]) => other !== id));
  }

  /** Gives a resource another logical id. */
  rename(found: Found, id: string): void {
    this.remove(found);
    this.add(found.stack, id, found.resource);
  }

  removeStack(stack: string): void {
    this.stacks.delete(stack);
  }

  unprotect(stack: string): void {
    this.protectedStacks.delete(stack);
  }

  /** Adds a stack, or puts another in its place. */
  addStack(stack: string, resources: Record<string, RawResource>): void {
    this.stacks.set(stack, { Resources: resources, Outputs: {}, Parameters: {} });
    this.protectedStacks.add(stack);
  }

  /** Adds each stack whose name matches once more, with some text in the place of another. */
  copyStacks(name: RegExp, from: string | RegExp, to: string): void {
    for (const [stack, template] of [...this.stacks].filter(([stack]) => name.test(stack))) {
      const copy = stack.replaceAll(from, to);
      this.stacks.set(copy, JSON.parse(JSON.stringify(template).replaceAll(from, to)) as RawTemplate);
      this.protectedStacks.add(copy);
    }
  }

  /** Sends a stack elsewhere. */
  move(stack: string, place: string): void {
    this.places.set(stack, place);
  }

  /** Writes every stack anew. */
  rewrite(change: (text: string) => string): void {
    for (const [name, template] of this.stacks)
      this.stacks.set(name, JSON.parse(change(JSON.stringify(template))) as RawTemplate);
  }

  rewriteStack(stack: string, change: (text: string) => string): void {
    this.stacks.set(stack, JSON.parse(change(JSON.stringify(this.template(stack)))) as RawTemplate);
  }

  /** The stacks as templates; those to which nothing was done are the same objects each time. */
  read(): Templates {
    return new Map(
      [...this.stacks].map(([name, template]) => {
        const isProtected = this.protectedStacks.has(name);
        const place = this.places.get(name) ?? HOME;
        const text = JSON.stringify(template);
        const untouched = isProtected && place === HOME && text === texts.get(name) ? READ.get(name) : undefined;
        return [name, untouched ?? readTemplate(text, name, deployed(isProtected, place))];
      }),
    );
  }
}

/** A part of a value that may be written to. */
export function part(value: unknown, ...keys: readonly string[]): Record<string, unknown> {
  return keys.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value) as Record<string, unknown>;
}

export interface RawStatement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of a policy of a resource. */
export const statementsOf = ({ properties }: Found, property = 'PolicyDocument'): RawStatement[] =>
  part(properties, property, 'Statement') as unknown as RawStatement[];
