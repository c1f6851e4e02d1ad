import * as z from 'zod';
import { parseDuration } from './duration.ts';
import type { Fault, DocumentPath } from '../fault.ts';
import { PROTECTIONS } from '../model.ts';
import { didYouMean, suggest } from '../../suggest.ts';

const readDuration = (value: unknown): number | undefined => (typeof value === 'string' ? parseDuration(value) : undefined);
const duration = z
  .unknown()
  .refine((value) => readDuration(value) !== undefined, "an ISO 8601 duration, such as 'P30D' or 'PT12H'")
  .transform((value) => readDuration(value) ?? 0);
const names = z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]);

/** What ODCS has no word for, said of a dataset: the one table of `customProperties` that have an effect. */
export const DATASET_PROPERTIES = z.strictObject({
  eventIdFields: names,
  eventTimeField: z.string(),
  sequenceField: z.string().optional(),
  tenantField: z.string().optional(),
  allowedLateness: duration.optional(),
  readOften: duration.optional(),
  readSometimes: duration.optional(),
  restoreWithin: duration.optional(),
  curatedWithin: duration.optional(),
  expectedEventsPerDay: z.number().positive().optional(),
  expectedEventBytes: z.number().positive().optional(),
});

/** What the properties that a dataset cannot do without are for. */
const NEEDED: Readonly<Record<string, string>> = {
  eventIdFields: 'the columns that tell one event from another',
  eventTimeField: 'the timestamp at which an event happened',
};

export type DatasetProperties = z.infer<typeof DATASET_PROPERTIES>;

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
): {
  readonly values?: z.infer<S>;
  readonly faults: readonly Fault[];
  /** Where a property's value stands; for one that is not stated, the list. */
  readonly placeOf: (property: string) => DocumentPath;
} {
  const faults: Fault[] = [];
  const places = new Map<string, number>();
  (list ?? []).forEach(({ property }, index) => {
    if (places.has(property)) {
      faults.push({ code: 'CustomPropertyTwice', path: [...path, index], message: `says '${property}' a second time; keep one` });
    }
    places.set(property, index);
  });
  const given = Object.fromEntries((list ?? []).map(({ property, value }) => [property, value]));
  const parsed = table.safeParse(given, { jitless: true }); // code made for a table costs more than contracts bring back
  const placeOf = (property: string): DocumentPath => {
    const place = places.get(property);
    return place === undefined ? path : [...path, place, 'value'];
  };
  if (parsed.success) return faults.length > 0 ? { faults, placeOf } : { values: parsed.data, faults, placeOf };
  const known = Object.keys(table.shape);
  const meant = new Set([...places.keys()].filter((name) => !known.includes(name)).map((name) => suggest(name, known)));
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        faults.push({
          code: 'UnknownCustomProperty',
          path: [...path, places.get(key) ?? 0, 'property'],
          message: `must be one of ${known.join(', ')}, got '${key}'${didYouMean(key, known) || '; mend the name or leave it out'}`,
        });
      }
      continue;
    }
    const name = String(issue.path[0]);
    const place = places.get(name);
    if (place === undefined && meant.has(name)) continue; // it is there, misspelt
    faults.push(
      place === undefined
        ? {
            code: 'MissingCustomProperty',
            path,
            message: `must hold the property '${name}', which names ${NEEDED[name] ?? 'more'}; add it`,
          }
        : {
            code: 'InvalidCustomProperty',
            path: [...path, place, 'value'],
            message: `of '${name}' must be ${expected(issue)}, got ${JSON.stringify(list?.[place]?.value)}; mend it`,
          },
    );
  }
  return { faults, placeOf };
}

/** What a value should have been; a list is judged by its members. */
function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.expected === 'number' ? 'a number above 0' : 'a text';
    case 'invalid_union':
      return 'the name of a column, or a list of such names';
    case 'too_small':
      return issue.origin === 'number' ? 'a number above 0' : 'a list that is not empty';
    default:
      return 'of another kind';
  }
}
