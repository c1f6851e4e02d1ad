import { z } from 'zod';
import { parseDuration } from './duration.ts';
import type { Fault, DocumentPath } from './fault.ts';
import { PROTECTIONS } from './model.ts';

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, "an ISO 8601 duration, such as 'P30D' or 'PT12H'")
  .transform((text) => parseDuration(text) ?? 0);
const names = z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]);

/** What ODCS has no word for, said of a dataset: the one table of `customProperties` that have an effect. */
export const DATASET_PROPERTIES = z.strictObject({
  eventIdFields: names,
  eventTimeField: z.string(),
  sequenceField: z.string().optional(),
  allowedLateness: duration.optional(),
  readOften: duration.optional(),
  readSometimes: duration.optional(),
  restoreWithin: duration.optional(),
  expectedEventsPerDay: z.number().positive().optional(),
  expectedEventBytes: z.number().positive().optional(),
});

/** The same, of a column. */
export const COLUMN_PROPERTIES = z.strictObject({ protection: z.enum(PROTECTIONS).optional() });

interface CustomProperty {
  readonly property: string;
  readonly value?: unknown;
}

/** Reads a list of custom properties by its table; a property twice, unknown or of a wrong value is a fault. */
export function readCustomProperties<S extends z.ZodObject>(
  table: S,
  list: readonly CustomProperty[] | undefined,
  path: DocumentPath,
): { readonly values?: z.infer<S>; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const places = new Map<string, number>();
  (list ?? []).forEach(({ property }, index) => {
    if (places.has(property)) {
      faults.push({ code: 'CustomPropertyTwice', path: [...path, index], message: `says '${property}' a second time; keep one` });
    }
    places.set(property, index);
  });
  const parsed = table.safeParse(Object.fromEntries((list ?? []).map(({ property, value }) => [property, value])));
  if (parsed.success) return faults.length > 0 ? { faults } : { values: parsed.data, faults };
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        faults.push({
          code: 'UnknownCustomProperty',
          path: [...path, places.get(key) ?? 0, 'property'],
          message: `must be one of ${Object.keys(table.shape).join(', ')}, got '${key}'; mend the name or leave it out`,
        });
      }
      continue;
    }
    const name = String(issue.path[0]);
    const place = places.get(name);
    faults.push(
      place === undefined
        ? { code: 'MissingCustomProperty', path, message: `must hold the property '${name}'; add it` }
        : {
            code: 'InvalidCustomProperty',
            path: [...path, place, 'value'],
            message: `of '${name}' is not lawful: ${issue.message}`,
          },
    );
  }
  return { faults };
}
