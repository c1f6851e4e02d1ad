import { isDeepStrictEqual } from 'node:util';
import { ServiceError, type Log } from '../service.ts';
import type { Answer } from './answer.ts';
import { CustomResourceError } from './custom-resource-error.ts';
import { provide, type ProviderParts } from './provider.ts';
import type { Change, CustomResource } from './request.ts';
import { restoreResources, saveResources, type Provided } from './saved-resources.ts';

/** Makes a change of one resource. @throws {@link CustomResourceError} */
export type OwnProvider = (change: Change) => Answer;

export interface CustomResourcesParts extends ProviderParts {
  readonly onLog: Log;
  /** Called before anybody is asked: services take up what they held for the resources that are there. */
  readonly ready: () => void;
  /** Whether an existing state is only looked at: nobody is asked for anything then. */
  readonly ephemeral: boolean;
  /** Who makes a resource in the place of its function, where that does not run here. @default - nobody */
  readonly own?: (resource: CustomResource) => OwnProvider | undefined;
}

/**
 * What CloudFormation does with resources that functions make: it asks for what is new, for what has changed, and, once all the rest is done,
 * for the end of what the templates that were deployed no longer have. What is as it was is not asked for again.
 */
export class CustomResources {
  /** Of the deployment before, by place. */
  private before: ReadonlyMap<string, Provided> = new Map();
  private readonly now = new Map<string, Provided>();
  private isSaved = false;
  /** What an update has put another in the place of. */
  private readonly replaced: Provided[] = [];

  constructor(private readonly parts: CustomResourcesParts) {}

  /** Takes up what the last run has left. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    this.before = new Map(restoreResources(folder).map((provided) => [placeOf(provided.resource), provided]));
    this.isSaved = this.before.size > 0;
  }

  save(folder: string): void {
    if (this.isSaved || this.now.size > 0) saveResources(folder, [...this.now.values()]);
  }

  /** @throws {@link CustomResourceError}, ServiceError */
  async provide(resource: CustomResource): Promise<Provided> {
    const place = placeOf(resource);
    const before = this.before.get(place);
    const provided = await this.provided(resource, before);
    this.now.set(place, provided);
    return provided;
  }

  private async provided(resource: CustomResource, before: Provided | undefined): Promise<Provided> {
    if (this.parts.ephemeral && before !== undefined) return { ...before, resource };
    if (this.parts.ephemeral) throw new CustomResourceError('it was never made: start the platform, which asks its function');
    return before === undefined ? this.create(resource) : this.update(resource, before);
  }

  /**
   * Ends what is no more in the stacks that were deployed, in the opposite order of its making. What cannot be ended is left, and the log says so.
   *
   * @param stacks Names of all that were deployed: what stands in others stays
   */
  async finish(stacks: readonly string[]): Promise<void> {
    const left = [...this.before].filter(([place]) => !this.now.has(place));
    for (const [place, provided] of left) if (!stacks.includes(rootOf(provided.resource))) this.now.set(place, provided);
    if (this.parts.ephemeral) return;
    const gone = left.filter(([place, { resource }]) => !this.now.has(place) && !resource.retention.whenRemoved);
    for (const { resource, physicalId } of [...this.replaced, ...gone.map(([, provided]) => provided)].reverse()) {
      try {
        await this.ask(resource, { kind: 'Delete', physicalId });
      } catch (error) {
        if (!(error instanceof CustomResourceError || error instanceof ServiceError)) throw error;
        const message = `${resource.stack}.${resource.logicalId} (${resource.type}) is no more in the template, and was not deleted: ${error.message}${wentToo(error)}`;
        this.parts.onLog({ time: this.parts.clock.now(), logGroup: '(CloudFormation)', level: 'warn', message });
      }
    }
    this.before = this.now;
  }

  private async ask(resource: CustomResource, change: Change): Promise<Answer> {
    this.parts.ready();
    const own = this.parts.own?.(resource);
    return own === undefined ? provide(resource, change, this.parts) : own(change);
  }

  private async create(resource: CustomResource): Promise<Provided> {
    return { resource, ...(await this.ask(resource, { kind: 'Create' })) };
  }

  private async update(resource: CustomResource, before: Provided): Promise<Provided> {
    const { type, serviceToken, properties } = before.resource;
    if (resource.type !== type)
      throw new CustomResourceError(
        `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${resource.logicalId}]`,
      );
    if (resource.serviceToken !== serviceToken) throw new CustomResourceError('Modifying service token is not allowed.');
    if (isDeepStrictEqual(resource.properties, properties)) return { ...before, resource };
    const { physicalId } = before;
    const answer = await this.ask(resource, { kind: 'Update', physicalId, before: properties });
    if (answer.physicalId !== physicalId && !resource.retention.whenReplaced) this.replaced.push(before);
    return { resource, ...answer };
  }
}

/** CloudFormation deletes what a resource needs after it; here a template's resources are all gone at once. */
const wentToo = (error: Error): string =>
  error instanceof ServiceError && error.code === 'ResourceNotFoundException'
    ? '; on AWS its function would be there until then: what it made stays here until the state is reset'
    : '';

const rootOf = ({ stack, root = stack }: CustomResource): string => root;

const placeOf = ({ stack, logicalId }: Pick<CustomResource, 'stack' | 'logicalId'>): string => `${stack}.${logicalId}`;
