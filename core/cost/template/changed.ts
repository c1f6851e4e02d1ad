import type { Resource, StackTemplate, Templates } from '../../aws/template.ts';
import type { Platform } from './situation.ts';
import type { Declared } from './resource-set.ts';
import { nameOf } from './traffic.ts';
import type { Workload } from './workload.ts';

/** A resource with other properties; undefined takes one away. */
export const changed = (resource: Resource, properties: Readonly<Record<string, unknown>>): Resource => ({
  ...resource,
  properties: Object.fromEntries(
    Object.entries({ ...resource.properties, ...properties }).filter(([, value]) => value !== undefined),
  ),
});

/** The platform with other templates. */
export const withTemplates = (
  platform: Platform,
  change: (template: StackTemplate, stack: string) => StackTemplate,
): Platform => {
  const templates: Templates = new Map([...platform.templates].map(([stack, template]) => [stack, change(template, stack)]));
  return { ...platform, templates };
};

/** The platform with other resources of a type. */
export const withResources = (
  platform: Platform,
  type: string,
  change: (resource: Resource, stack: string, id: string) => Resource,
): Platform =>
  withTemplates(platform, (template, stack) => ({
    ...template,
    resources: new Map([...template.resources].map(([id, one]) => [id, one.type === type ? change(one, stack, id) : one])),
  }));

/** The platform without resources of some types. */
export const without = (platform: Platform, types: readonly string[]): Platform =>
  withTemplates(platform, (template) => ({
    ...template,
    resources: new Map([...template.resources].filter(([, { type }]) => !types.includes(type))),
  }));

/** The workload with something else said of the dataset of each source. */
export const withDatasets = <Source extends { readonly resource: Declared }>(
  platform: Platform,
  sources: readonly Source[],
  say: (source: Source) => Workload['datasets'][string],
): Platform => ({
  ...platform,
  workload: {
    ...platform.workload,
    datasets: {
      ...platform.workload.datasets,
      ...Object.fromEntries(
        sources.map((source) => {
          const name = nameOf(source.resource);
          return [name, { ...platform.workload.datasets[name], ...say(source) }];
        }),
      ),
    },
  },
});
