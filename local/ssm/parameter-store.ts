import type { SimulatedClock } from '../clock.ts';
import { SavedFile } from '../saved-file.ts';
import { ServiceError } from '../service.ts';
import {
  latestOf,
  savedParameters,
  type Declaration,
  type NewVersion,
  type Parameter,
  type ParameterVersion,
} from './parameter.ts';
import { keyOf } from './parameter-name.ts';

/** Versions that are kept of a parameter. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html */
const MOST_VERSIONS = 100;
const FILE = 'parameters';

/** What becomes of a parameter, as events name it. */
export type Change = 'Create' | 'Delete' | 'Update';

/** Parameters and their versions, and what templates have made of them. Nobody's policies are asked here. */
export class ParameterStore {
  private readonly parameters = new Map<string, Parameter>();
  /** By stack and logical id and name: one that replaces another stands beside it until the deployment ends. */
  private declarations: readonly Declaration[] = [];
  private readonly declared = new Set<Declaration>();
  private isSaved = false;

  /** @param onChange Hears of each version that is added, and of what is deleted. */
  constructor(
    private readonly clock: SimulatedClock,
    private readonly onChange: (operation: Change, parameter: Parameter) => void = () => undefined,
  ) {}

  /** By a name with a leading slash or without. */
  find(name: string): Parameter | undefined {
    return this.parameters.get(keyOf(name));
  }

  /** In order of their names. */
  all(): readonly Parameter[] {
    return [...this.parameters.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, parameter]) => parameter);
  }

  /** Adds a version; the oldest goes where there are too many. */
  put(name: string, version: NewVersion, modifiedBy: string): ParameterVersion {
    const before = this.find(name);
    const number = before === undefined ? 1 : latestOf(before).version + 1;
    const added = { ...version, version: number, modified: this.clock.now(), modifiedBy };
    const parameter = {
      name: before?.name ?? name,
      tags: before?.tags ?? {},
      versions: [...(before?.versions ?? []), added].slice(-MOST_VERSIONS),
    };
    this.parameters.set(keyOf(name), parameter);
    this.onChange(before === undefined ? 'Create' : 'Update', parameter);
    return added;
  }

  tag(parameter: Parameter, tags: Readonly<Record<string, string>>): void {
    this.parameters.set(keyOf(parameter.name), { ...parameter, tags });
  }

  /** Whether there was one. */
  delete(name: string): boolean {
    const parameter = this.find(name);
    if (parameter !== undefined) this.onChange('Delete', parameter);
    return this.parameters.delete(keyOf(name));
  }

  /**
   * Makes what a template says of a parameter: what clients have put stays where the template says what it said before.
   *
   * @throws ServiceError ParameterAlreadyExists for one that the template's resource has not made
   */
  declare(declaration: Declaration, make: (before: Parameter | undefined) => void): void {
    const { name, stack, logicalId, properties } = declaration;
    const earlier = this.declarations.find(
      (one) => one.stack === stack && one.logicalId === logicalId && keyOf(one.name) === keyOf(name),
    );
    const before = this.find(name);
    if (before !== undefined && earlier === undefined) throw alreadyExists();
    this.declared.add(declaration);
    if (earlier === undefined || earlier.properties !== properties) make(before);
    this.declarations = [...this.declarations.filter((one) => one !== earlier), declaration];
  }

  /** Deletes what earlier deployments of these stacks have made and this one has not, but for what is to be kept. */
  finish(stacks: readonly string[]): void {
    const isGone = (one: Declaration): boolean => stacks.includes(one.root ?? one.stack) && !this.declared.has(one);
    const isReplaced = ({ stack, logicalId }: Declaration): boolean =>
      [...this.declared].some((one) => one.stack === stack && one.logicalId === logicalId);
    for (const gone of this.declarations.filter(isGone)) {
      const { whenReplaced, whenRemoved } = gone.retention;
      if (!(isReplaced(gone) ? whenReplaced : whenRemoved)) this.delete(gone.name);
    }
    this.declarations = this.declarations.filter((one) => !isGone(one));
  }

  /** Keeps the parameters in `folder`. */
  save(folder: string): void {
    const parameters = this.all();
    if (parameters.length === 0 && this.declarations.length === 0 && !this.isSaved) return;
    new SavedFile(folder, FILE).write({ version: 1, parameters, declarations: this.declarations }, []);
  }

  /** Takes over what an earlier process has kept. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    const saved = new SavedFile(folder, FILE).read(savedParameters);
    this.isSaved = saved !== undefined;
    for (const parameter of saved?.parameters ?? []) this.parameters.set(keyOf(parameter.name), parameter);
    this.declarations = saved?.declarations ?? [];
  }
}

export const alreadyExists = (): ServiceError =>
  new ServiceError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
