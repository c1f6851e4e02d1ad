import { inOrder } from '../../local/assembly/read-assembly.ts';
import { referencesIn } from '../../local/assembly/references.ts';
import type { DomainTemplate, TemplateResource } from './assembly.ts';

/** What CloudFormation changes together, as far as an event or a reader can tell. */
export const PARTS = ['rights', 'catalog', 'function', 'delivery'] as const;
export type Part = (typeof PARTS)[number];
type Resources = DomainTemplate['Resources'];

function partOf({ Type }: TemplateResource): Part | undefined {
  if (Type.startsWith('AWS::IAM::')) return 'rights';
  if (Type === 'AWS::Glue::Table') return 'catalog';
  if (Type.startsWith('AWS::Lambda::')) return 'function';
  return Type === 'AWS::KinesisFirehose::DeliveryStream' ? 'delivery' : undefined;
}

/** The resources of a stack on its way: those of some parts, or of the ids named, as they will be; the others as they are. */
export function onTheWay(
  before: DomainTemplate,
  after: DomainTemplate,
  parts: readonly Part[],
  ids: readonly string[] = [],
): Resources {
  const isNew = (id: string, resource: TemplateResource): boolean => {
    const part = partOf(resource);
    return ids.includes(id) || (part !== undefined && parts.includes(part));
  };
  const kept = Object.entries(before.Resources).filter(([id, resource]) => !isNew(id, resource));
  const changed = Object.entries(after.Resources).filter(([id, resource]) => isNew(id, resource));
  return Object.fromEntries([...kept, ...changed]);
}

/** Tables and views that differ, in the order in which CloudFormation comes to them. */
export function changedCatalog(before: DomainTemplate, after: DomainTemplate): string[] {
  return inOrder(dependencies(after.Resources)).filter((id) => {
    const resource = after.Resources[id];
    return (
      resource !== undefined &&
      partOf(resource) === 'catalog' &&
      JSON.stringify(resource.Properties) !== JSON.stringify(before.Resources[id]?.Properties)
    );
  });
}

/** Where a template lets a function's version stand before the tables, its alias before its version, or a delivery before any of them. */
export function outOfOrder({ Resources }: DomainTemplate): string[] {
  const direct = dependencies(Resources);
  const reached = (id: string, seen = new Set<string>()): Set<string> => {
    for (const other of direct.get(id) ?? []) if (!seen.has(other)) reached(other, seen.add(other));
    return seen;
  };
  const ofType = (type: string) => Object.keys(Resources).filter((id) => Resources[id]?.Type === type);
  const tables = ofType('AWS::Glue::Table');
  const [versions, aliases] = [ofType('AWS::Lambda::Version'), ofType('AWS::Lambda::Alias')];
  const reading = ofType('AWS::KinesisFirehose::DeliveryStream').filter((id) =>
    [...reached(id)].some((other) => aliases.includes(other)),
  );
  const pairs: readonly (readonly [readonly string[], readonly string[]])[] = [
    [versions, tables],
    [aliases, versions],
    [reading, [...tables, ...aliases]],
  ];
  if (pairs.some((pair) => pair.some((ids) => ids.length === 0)))
    return ['the template holds no function, table or delivery to order'];
  return pairs.flatMap(([later, earlier]) =>
    later.flatMap((id) => earlier.filter((other) => !reached(id).has(other)).map((other) => `${id} does not wait for ${other}`)),
  );
}

const dependencies = (resources: Resources): Map<string, string[]> =>
  new Map(
    Object.entries(resources).map(([id, { Properties, DependsOn = [] }]) => [
      id,
      [...referencesIn(Properties), ...(typeof DependsOn === 'string' ? [DependsOn] : DependsOn)].filter(
        (other) => other in resources,
      ),
    ]),
  );
