/** A resource of a template; its parts may be written to. */
export interface Resource {
  Type: string;
  Properties: Json;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
export type Json = Record<string, unknown>;

/** A resource with its place. */
export interface Found {
  readonly stack: string;
  readonly id: string;
  readonly resource: Resource;
}

interface Template {
  Resources: Record<string, Resource>;
}

/** There is nothing in the templates that a mutant could be made of. */
export class NoSite extends Error {
  override readonly name = 'NoSite';
}

/** A copy of an environment's templates that a mutant spoils. Resources are found by type and shape: names belong to whoever wrote them. */
export class TemplatesCopy {
  private readonly templates: ReadonlyMap<string, Template>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.templates = new Map([...texts].map(([name, text]) => [name, JSON.parse(text) as Template]));
  }

  all(type: string): readonly Found[] {
    return [...this.templates].flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => ({ stack, id, resource })),
    );
  }

  /** The first of a type of which `is` holds. @throws {@link NoSite} */
  the(type: string, is: (properties: Json, found: Found) => boolean = () => true): Found {
    const found = this.all(type).find((one) => is(one.resource.Properties, one));
    if (found === undefined) throw new NoSite(`no ${type} that this mutant needs`);
    return found;
  }

  /** Another of the same type. @throws {@link NoSite} */
  another(one: Found, is: (properties: Json) => boolean = () => true): Found {
    return this.the(one.resource.Type, (properties, found) => found.id !== one.id && is(properties));
  }

  remove({ stack, id }: Found): void {
    Reflect.deleteProperty(this.templates.get(stack)?.Resources ?? {}, id);
  }

  add(stack: string, id: string, resource: Resource): void {
    const template = this.templates.get(stack);
    if (template !== undefined) template.Resources[id] = resource;
  }

  texts(): ReadonlyMap<string, string> {
    return new Map([...this.templates].map(([name, template]) => [name, JSON.stringify(template)]));
  }
}

/** A part of a value, to be written to. @throws {@link NoSite} where it is not there */
export function part(value: unknown, ...keys: readonly (string | number)[]): Json {
  const found = keys.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value);
  if (typeof found !== 'object' || found === null) throw new NoSite(`nothing at ${keys.join('.')}`);
  return found as Json;
}

export const drop = (value: Json, ...keys: readonly string[]): void => {
  for (const key of keys) Reflect.deleteProperty(value, key);
};
