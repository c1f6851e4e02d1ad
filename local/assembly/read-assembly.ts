import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord, Members } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';
import { checkFormat } from './template-format.ts';
import { checkSections } from './template-sections.ts';

type Json = Readonly<Record<string, unknown>>;

/** Whether a resource stays when its template no longer has it, and when an update puts another in its place. */
export interface Retention {
  readonly whenRemoved: boolean;
  readonly whenReplaced: boolean;
}

/** One resource of a template, unresolved. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: Json;
  readonly dependsOn: readonly string[];
  readonly condition: string | undefined;
  readonly retention: Retention;
}

/** One stack of the assembly, unresolved. */
export interface StackTemplate {
  readonly name: string;
  /** The stack of the app that this one is nested in, however deep; absent where it is one itself. */
  readonly root?: string;
  /** Files of the templates that it is nested in, and its own. */
  readonly within?: readonly string[];
  /** Where it stands in the app: `Test/Foundation` in the stage `Test`. */
  readonly path: string;
  /** Paths of the stacks that it depends on. */
  readonly dependencies: readonly string[];
  /** Undefined where the template is for any. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly parameters: Json;
  readonly conditions: Json;
  readonly mappings: Json;
  readonly outputs: Json;
  /** Folders and files of assets on this machine, by the key that the template names them by. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * Reads the stacks of a cloud assembly, each after those it depends on; assemblies of stages are read too.
 *
 * @throws {@link AssemblyError} `AssemblyUnreadable`, `CircularDependency`
 */
export function readAssembly(folder: string): StackTemplate[] {
  const manifest = readJson(path.join(folder, 'manifest.json')).object('artifacts');
  const assets = new Map<string, string>();
  const found = new Map<string, { readonly dependencies: readonly string[]; readonly stacks: readonly StackTemplate[] }>();
  const stacksOf = (id: string): readonly StackTemplate[] => found.get(id)?.stacks ?? [];
  for (const id of manifest.names()) {
    const artifact = manifest.object(id);
    const properties = artifact.optionalObject('properties') ?? new Members({});
    const dependencies = artifact.texts('dependencies');
    switch (artifact.text('type')) {
      case 'cdk:asset-manifest':
        readAssets(folder, properties.text('file'), assets);
        break;
      case 'cdk:cloud-assembly':
        found.set(id, { dependencies, stacks: readAssembly(path.join(folder, properties.text('directoryName'))) });
        break;
      case 'aws:cloudformation:stack': {
        const known = {
          name: properties.optionalText('stackName') ?? id,
          path: artifact.optionalText('displayName') ?? id,
          ...placeIn(artifact.optionalText('environment')),
          assets,
        };
        found.set(id, { dependencies, stacks: [readTemplate(path.join(folder, properties.text('templateFile')), known)] });
        break;
      }
      default: // tree and metadata say nothing that runs
    }
  }
  return inOrder(
    new Map([...found].map(([id, { dependencies }]) => [id, dependencies.filter((other) => found.has(other))])),
  ).flatMap((id) => {
    const before = (found.get(id)?.dependencies ?? []).flatMap(stacksOf).map(({ path: other }) => other);
    return stacksOf(id).map((stack) => ({ ...stack, dependencies: [...stack.dependencies, ...before] }));
  });
}

/** Of `aws://<account>/<region>`, what the CDK knew. */
function placeIn(environment = ''): Pick<StackTemplate, 'account' | 'region'> {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  return {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
}

/** Keys in an order in which each comes after those it depends on. @throws {@link AssemblyError} `CircularDependency` */
export function inOrder(dependencies: ReadonlyMap<string, Iterable<string>>): string[] {
  const done = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    if (done.has(id)) return;
    if (trail.includes(id)) {
      throw new AssemblyError(
        'CircularDependency',
        `these depend on one another: ${[...trail.slice(trail.indexOf(id)), id].join(' -> ')}`,
      );
    }
    for (const other of dependencies.get(id) ?? []) visit(other, [...trail, id]);
    done.add(id);
  };
  for (const id of dependencies.keys()) visit(id, []);
  return [...done];
}

/** Reads the template of a stack. @throws {@link AssemblyError} `AssemblyUnreadable` */
export function readTemplate(
  file: string,
  known: Pick<StackTemplate, 'name' | 'root' | 'within' | 'path' | 'account' | 'region' | 'assets'>,
): StackTemplate {
  const template = readJson(file);
  checkSections(template, known.name);
  checkFormat(template, known.name);
  const section = (key: string): Json => {
    const value = template.raw(key);
    return isRecord(value) ? value : {};
  };
  const resources = template.optionalObject('Resources') ?? new Members({});
  return {
    ...known,
    dependencies: [],
    resources: new Map(resources.names().map((id) => [id, readResource(resources.object(id))])),
    parameters: section('Parameters'),
    conditions: section('Conditions'),
    mappings: section('Mappings'),
    outputs: section('Outputs'),
  };
}

function readResource(resource: Members): TemplateResource {
  const properties = resource.raw('Properties');
  const dependsOn = resource.raw('DependsOn');
  return {
    type: resource.text('Type'),
    properties: isRecord(properties) ? properties : {},
    dependsOn: typeof dependsOn === 'string' ? [dependsOn] : resource.texts('DependsOn'),
    condition: resource.optionalText('Condition'),
    retention: {
      whenRemoved: resource.optionalText('DeletionPolicy')?.startsWith('Retain') ?? false,
      whenReplaced: resource.optionalText('UpdateReplacePolicy') === 'Retain',
    },
  };
}

function readAssets(folder: string, file: string, assets: Map<string, string>): void {
  const files = readJson(path.join(folder, file)).optionalObject('files') ?? new Members({});
  for (const id of files.names()) {
    const asset = files.object(id);
    const source = asset.object('source').optionalText('path');
    const destinations = asset.object('destinations');
    if (source === undefined) continue; // made by a command at deployment; whoever needs it will miss it by name
    for (const destination of destinations.names()) {
      assets.set(destinations.object(destination).text('objectKey'), path.resolve(folder, source));
    }
  }
}

function readJson(file: string): Members {
  const refuse = (message: string) => new AssemblyError('AssemblyUnreadable', `${path.basename(file)}: ${message}`);
  if (!existsSync(file)) throw refuse(`not found in ${path.dirname(file)}; synthesize first`);
  const value = parsed(readFileSync(file, 'utf8'));
  if (!isRecord(value)) throw refuse('must be a JSON object');
  return new Members(value, refuse);
}

/** Undefined for what is no JSON: the parser's own words would quote the file, and not name it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
