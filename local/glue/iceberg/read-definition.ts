import * as z from 'zod';
import { icebergType } from '../../iceberg/types.ts';
import { read } from '../input.ts';
import type { GivenOrder, GivenPartition, GivenSchema, IcebergChange, IcebergDefinition } from './definition.ts';

/** A type as a document has it: a word, an object, or the text of one, as templates give it. */
const type = z.preprocess((given) => {
  if (typeof given !== 'string' || !given.startsWith('{')) return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return undefined;
  }
}, icebergType);

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_IcebergStructField.html */
const field = z
  .strictObject({ Id: z.int(), Name: z.string().min(1).max(1024), Required: z.boolean(), Type: type, Doc: z.string().max(255).optional() })
  .transform(({ Id, Name, Required, Type, Doc }) => ({ id: Id, name: Name, required: Required, type: Type, ...(Doc !== undefined && { doc: Doc }) })); // prettier-ignore

const schema = z
  .strictObject({
    // its page says that it may be left out; Glue's own reader of the document wants it
    Type: z.literal('struct', { error: "must be 'struct'" }),
    SchemaId: z.int().optional(),
    IdentifierFieldIds: z.array(z.int()).optional(),
    Fields: z.array(field).min(1),
  })
  .transform(({ Fields, IdentifierFieldIds }): GivenSchema => ({ fields: Fields, identifiers: IdentifierFieldIds }));

const partitions = z
  .strictObject({
    SpecId: z.int().optional(),
    Fields: z.array(z.strictObject({ SourceId: z.int(), Transform: z.string(), Name: z.string().min(1).max(1024), FieldId: z.int().optional() })),
  })
  .transform(({ Fields }): readonly GivenPartition[] =>
    Fields.map(({ SourceId, Transform, Name, FieldId }) => ({ name: Name, transform: Transform, 'source-id': SourceId, 'field-id': FieldId })),
  ); // prettier-ignore

const order = z
  .strictObject({
    OrderId: z.int(),
    Fields: z.array(
      z.strictObject({ SourceId: z.int(), Transform: z.string(), Direction: z.enum(['asc', 'desc']), NullOrder: z.enum(['nulls-first', 'nulls-last']) }),
    ),
  })
  .transform(({ OrderId, Fields }): GivenOrder => ({
    id: OrderId,
    fields: Fields.map((each) => ({ transform: each.Transform, 'source-id': each.SourceId, direction: each.Direction, 'null-order': each.NullOrder })),
  })); // prettier-ignore

const location = z
  .string()
  .max(2056)
  .regex(/^s3:\/\/[^/]+/, 'must be an S3 address')
  .transform((address) => address.replace(/\/+$/, ''));
const properties = z.record(z.string(), z.string());

const definition = z
  .strictObject({ Location: location, Schema: schema, PartitionSpec: partitions.optional(), WriteOrder: order.optional(), Properties: properties.optional() })
  .transform((given): IcebergDefinition => ({
    location: given.Location,
    schema: given.Schema,
    partitions: given.PartitionSpec,
    order: given.WriteOrder,
    properties: given.Properties ?? {},
  })); // prettier-ignore

/** What an update changes that names an action; one that names none changes all that it gives. */
const PARTS = {
  'add-schema': ['schema'],
  'set-current-schema': ['schema'],
  'add-spec': ['partitions'],
  'set-default-spec': ['partitions'],
  'add-sort-order': ['order'],
  'set-default-sort-order': ['order'],
  'set-location': ['location'],
  'set-properties': ['properties'],
  'remove-properties': ['removed'],
} as const satisfies Readonly<Record<string, readonly (keyof IcebergChange)[]>>;

const actions = Object.keys(PARTS) as (keyof typeof PARTS)[];

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_IcebergTableUpdate.html */
const change = z
  .strictObject({
    Schema: schema,
    Location: location,
    PartitionSpec: partitions.optional(),
    SortOrder: order.optional(),
    Properties: properties.optional(),
    Action: z.enum(actions).optional(),
  })
  .transform(({ Action, ...given }): IcebergChange => {
    const all = {
      schema: given.Schema,
      partitions: given.PartitionSpec,
      order: given.SortOrder,
      location: given.Location,
      properties: given.Properties,
    };
    if (Action === undefined) return all;
    const parts = { ...all, removed: Object.keys(given.Properties ?? {}) };
    return Object.fromEntries(PARTS[Action].map((part) => [part, parts[part]]));
  });

const changes = z.strictObject({
  UpdateIcebergInput: z.strictObject({ UpdateIcebergTableInput: z.strictObject({ Updates: z.array(change).min(1) }) }),
});

const openFormat = z.strictObject({
  IcebergInput: z.strictObject({
    MetadataOperation: z.literal('CREATE'),
    Version: z.literal('2', { error: "must be '2': headwaters local makes no tables of other versions" }).optional(),
    CreateIcebergTableInput: z.unknown().optional(),
  }),
});

/** `OpenTableFormatInput`: what its `CreateIcebergTableInput` defines, if it has one. @throws ServiceError InvalidInputException */
export function readOpenFormat(value: unknown): { readonly definition?: IcebergDefinition } {
  const { CreateIcebergTableInput: given } = read(openFormat, value, 'openTableFormatInput').IcebergInput;
  return given === undefined
    ? {}
    : { definition: readDefinition(given, 'openTableFormatInput.icebergInput.createIcebergTableInput') };
}

/** What `CreateIcebergTableInput` has, and in templates `IcebergTableInput`. @throws ServiceError InvalidInputException */
export const readDefinition = (value: unknown, place: string): IcebergDefinition => read(definition, value, place);

/** `UpdateOpenTableFormatInput`. @throws ServiceError InvalidInputException */
export const readChanges = (value: unknown): readonly IcebergChange[] =>
  read(changes, value, 'updateOpenTableFormatInput').UpdateIcebergInput.UpdateIcebergTableInput.Updates;
