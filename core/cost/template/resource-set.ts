import * as z from 'zod';
import type { Properties, Templates } from '../../aws/template.ts';
import { PriceError } from './price-error.ts';

/** A resource, and where it stands. */
export interface Declared {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
}

/** Properties by which other resources name one physically. */
const NAMES = ['BucketName', 'DeliveryStreamName', 'FunctionName', 'LogGroupName', 'Name'];
const exporting = z.looseObject({ Value: z.unknown().optional(), Export: z.looseObject({ Name: z.string() }) });

/** The resources of the stacks of one environment, and what they refer to in each other. */
export class ResourceSet {
  readonly all: readonly Declared[];
  private readonly byPlace = new Map<string, Declared>();
  private readonly byName = new Map<string, Declared>();
  private readonly exports = new Map<string, { readonly stack: string; readonly value: unknown }>();

  constructor(templates: Templates) {
    this.all = [...templates].flatMap(([stack, { resources }]) =>
      [...resources].map(([id, { type, properties }]) => ({ stack, id, type, properties })),
    );
    for (const resource of this.all) {
      this.byPlace.set(place(resource.stack, resource.id), resource);
      for (const name of NAMES.map((property) => textOf(resource.properties[property])))
        if (name !== '') this.byName.set(name, resource);
    }
    for (const [stack, { outputs }] of templates)
      for (const output of Object.values(outputs)) {
        const read = exporting.safeParse(output);
        if (read.success) this.exports.set(read.data.Export.Name, { stack, value: read.data.Value });
      }
  }

  ofType(...types: readonly string[]): readonly Declared[] {
    return this.all.filter(({ type }) => types.includes(type));
  }

  /** The resource that a value names: by intrinsic functions, by a name within an ARN, or through another stack's export. */
  find(stack: string, value: unknown): Declared | undefined {
    if (typeof value === 'string') return this.named(value);
    if (Array.isArray(value)) return first(value, (part) => this.find(stack, part));
    if (!isRecord(value)) return undefined;
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text, 'Fn::ImportValue': imported, 'Fn::Join': joined } = value;
    if (typeof Ref === 'string') return this.byPlace.get(place(stack, Ref));
    if (attribute !== undefined) return this.byPlace.get(place(stack, holderOf(attribute)));
    if (typeof imported === 'string') {
      const exported = this.exports.get(imported);
      return exported === undefined ? undefined : this.find(exported.stack, exported.value);
    }
    if (typeof text === 'string')
      return first([...text.matchAll(/\$\{([^}]*)\}/g)], ([, name = '']) =>
        this.byPlace.get(place(stack, name.split('.')[0] ?? '')),
      );
    return joined === undefined ? undefined : (this.find(stack, [joined].flat(2)) ?? this.named(textOf(value)));
  }

  /**
   * @param property How the message calls what names it
   * @throws {@link PriceError} `UnknownTarget`
   */
  require(from: Declared, property: string, value: unknown): Declared {
    const found = this.find(from.stack, value);
    if (found !== undefined) return found;
    throw new PriceError('UnknownTarget', [
      `'${property}' of ${pathOf(from)} must name a resource of the templates, got ${JSON.stringify(value)}; price it together with the stack that declares it`,
    ]);
  }

  private named(text: string): Declared | undefined {
    return this.byName.get(text) ?? first(text.split(/:::|:|\//), (part) => this.byName.get(part));
  }
}

export const pathOf = ({ stack, id }: Declared): string => `${stack}/${id}`;
const place = (stack: string, id: string): string => `${stack}/${id}`;

const isRecord = (value: unknown): value is Properties => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name's text, with what only a deployment knows by its own name: two names of one text are one. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isRecord(value) || Object.keys(value).length !== 1) return '';
  const { Ref, 'Fn::Join': joined } = value;
  if (typeof Ref === 'string') return `<${Ref.replaceAll(':', '.')}>`;
  if (!Array.isArray(joined) || joined.length !== 2) return '';
  const [separator, parts] = joined as [unknown, unknown];
  return typeof separator === 'string' && Array.isArray(parts) ? parts.map(textOf).join(separator) : '';
}

/** The resource of `Fn::GetAtt`, in either of its forms. */
const holderOf = (attribute: unknown): string => {
  const holder: unknown = Array.isArray(attribute) ? attribute[0] : attribute;
  return typeof holder === 'string' ? (holder.split('.')[0] ?? '') : '';
};

function first<Item, Found>(items: readonly Item[], look: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What a pricer needs to know of a resource.
 *
 * @throws {@link PriceError} `UnreadableProperty`: a number that a parameter gives is none
 */
export function readProperties<Shape extends z.ZodType>(resource: Declared, shape: Shape): z.infer<Shape> {
  const read = shape.safeParse(resource.properties);
  if (read.success) return read.data;
  throw new PriceError(
    'UnreadableProperty',
    read.error.issues.map(
      ({ path, message }) =>
        `'${path.join('.')}' of ${pathOf(resource)} (${resource.type}) must be a literal that can be priced: ${message}; write it as one`,
    ),
  );
}

/** A resource's tag. */
export function tagOf({ properties: { Tags } }: Declared, key: string): string | undefined {
  const tag: unknown = Array.isArray(Tags) ? Tags.find((one: unknown) => isRecord(one) && one.Key === key) : undefined;
  return isRecord(tag) && typeof tag.Value === 'string' ? tag.Value : undefined;
}
