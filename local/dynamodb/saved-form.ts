import * as z from 'zod';
import { texts } from '../texts.ts';
import type { TableSettings } from './table/settings.ts';

const scalarType = z.enum(['S', 'N', 'B']);
const keyAttribute = z.object({ name: z.string(), type: scalarType });
const keys = z.object({ hash: keyAttribute, range: keyAttribute.exactOptional() });
const throughput = z.object({ read: z.number(), write: z.number() });
const view = z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']);

const settings = z.object({
  name: z.string(),
  types: z.array(z.tuple([z.string(), scalarType])),
  keys,
  indexes: z.array(
    z.object({
      name: z.string(),
      isGlobal: z.boolean(),
      keys,
      projection: z.object({ type: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']), attributes: z.array(z.string()) }),
      throughput,
    }),
  ),
  billing: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']),
  throughput,
  onDemand: z.object({ read: z.number().exactOptional(), write: z.number().exactOptional() }).exactOptional(),
  stream: view.exactOptional(),
  keyId: z.string().exactOptional(),
  isDeletionProtected: z.boolean(),
  tableClass: z.enum(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']).exactOptional(),
});

export const savedTable = z.object({
  version: z.literal(1),
  /** Absent for a table that a client made. */
  declared: z.object({ properties: z.string(), tags: texts }).exactOptional(),
  settings,
  id: z.string(),
  created: z.number(),
  tags: texts,
  timeToLive: z.object({ attribute: z.string(), isEnabled: z.boolean() }).exactOptional(),
  policy: z.string().exactOptional(),
  recovery: z.object({ days: z.number(), since: z.number() }).exactOptional(),
  onDemandSince: z.number().exactOptional(),
  stream: z
    .object({
      arn: z.string(),
      view,
      created: z.number(),
      isEnabled: z.boolean(),
      next: z.int(),
      changes: z.string(),
    })
    .exactOptional(),
  items: z.array(z.string()),
});
export type SavedTable = z.infer<typeof savedTable>;

/** Beside an item: that there is none any more. */
export const anItem = z.object({ isGone: z.boolean().optional() });

export const savedChange = z.object({
  ordinal: z.int(),
  time: z.number(),
  name: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  isExpiry: z.boolean().optional(),
});

export const ofSettings = ({ types, indexes, ...rest }: TableSettings): SavedTable['settings'] => ({
  ...rest,
  types: [...types],
  indexes: indexes.map((index) => ({
    ...index,
    projection: { ...index.projection, attributes: [...index.projection.attributes] },
  })),
});

export const toSettings = ({ types, ...rest }: SavedTable['settings']): TableSettings => ({ ...rest, types: new Map(types) });
