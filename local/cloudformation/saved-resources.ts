import * as z from 'zod';
import { SavedFile } from '../saved-file.ts';
import type { Answer } from './answer.ts';
import type { CustomResource, Texts } from './request.ts';

/** A custom resource that is there, and what was answered of it. */
export interface Provided extends Answer {
  readonly resource: CustomResource;
}

const NAME = 'custom-resources';

const texts: z.ZodType<Texts> = z.lazy(() => z.union([z.string(), z.array(texts), z.record(z.string(), texts)]));
const provided: z.ZodType<Provided> = z.object({
  resource: z.object({
    stack: z.string(),
    root: z.string().optional(),
    stackId: z.string(),
    logicalId: z.string(),
    type: z.string(),
    serviceToken: z.string(),
    properties: z.record(z.string(), texts),
    timeout: z.number(),
    retention: z.object({ whenRemoved: z.boolean(), whenReplaced: z.boolean() }),
  }),
  physicalId: z.string(),
  data: z.record(z.string(), z.unknown()),
});
const saved = z.object({ version: z.literal(1), resources: z.array(provided) });

export const saveResources = (folder: string, resources: readonly Provided[]): void => {
  new SavedFile(folder, NAME).write({ version: 1, resources }, []);
};

/** @throws StateError `StateUnreadable` */
export const restoreResources = (folder: string): readonly Provided[] => new SavedFile(folder, NAME).read(saved)?.resources ?? [];
