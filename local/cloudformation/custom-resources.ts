import { isDeepStrictEqual } from 'node:util';
import { ServiceError, type Log } from '../service.ts';
import { CustomResourceError } from './custom-resource-error.ts';
import { provide, type ProviderParts } from './provider.ts';
import type { CustomResource } from './request.ts';
import { restoreResources, saveResources, type Provided } from './saved-resources.ts';

export interface CustomResourcesParts extends ProviderParts {
  readonly onLog: Log;
}

/**
 * What CloudFormation does with resources that functions make: it asks for what is new, for what has changed, and, once all the rest is done,
 * for the end of what no template has any more. What is as it was is not asked for again.
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
    const provided = before === undefined ? await this.create(resource) : await this.update(resource, before);
    this.now.set(place, provided);
    return provided;
  }

  /** Ends what is no more, in the opposite order of its making. What cannot be ended is left, and the log says so. */
  async finish(): Promise<void> {
    const gone = [...this.before].filter(([place, { resource }]) => !this.now.has(place) && !resource.isRetained);
    for (const { resource, physicalId } of [...this.replaced, ...gone.map(([, provided]) => provided)].reverse()) {
      try {
        await provide(resource, { kind: 'Delete', physicalId }, this.parts);
      } catch (error) {
        if (!(error instanceof CustomResourceError || error instanceof ServiceError)) throw error;
        const message = `${resource.stack}.${resource.logicalId} (${resource.type}) is no more in the template, and was not deleted: ${error.message}`;
        this.parts.onLog({ time: this.parts.clock.now(), logGroup: '(CloudFormation)', level: 'warn', message });
      }
    }
    this.before = this.now;
  }

  private async create(resource: CustomResource): Promise<Provided> {
    return { resource, ...(await provide(resource, { kind: 'Create' }, this.parts)) };
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
    const answer = await provide(resource, { kind: 'Update', physicalId, before: properties }, this.parts);
    if (answer.physicalId !== physicalId) this.replaced.push(before);
    return { resource, ...answer };
  }
}

const placeOf = ({ stack, logicalId }: Pick<CustomResource, 'stack' | 'logicalId'>): string => `${stack}.${logicalId}`;
