/** What a key of the standard causes here; `undefined`: it is read by people alone. */
type Effect = string | undefined;

const NOTHING = undefined;

/** Keys that mean the same wherever they stand. */
const ANYWHERE: Readonly<Record<string, Effect>> = { id: NOTHING, authoritativeDefinitions: NOTHING };

const COLUMN: Readonly<Record<string, Effect>> = {
  name: "the column's name in events, table and view",
  logicalType: 'how values are judged, and the type of the column in the table',
  physicalType: "of a number 'double' or 'decimal(p,s)'; of an integer 'int' or 'bigint'; of an object 'map<string,type>'",
  description: "the column's comment in the catalog",
  businessName: 'shown where a column is explained',
  tags: "'personal' marks personal data, which the search for leaks looks for; it protects nothing, and is noted where no protection is said",
  'customProperties.protection': 'mask, hash, tokenize or drop, before anything is stored',
  primaryKey: 'the column is required, and of the key by which rows are one',
  primaryKeyPosition: 'the order of the columns of the key, from 1',
  required: 'an event without a value is refused (missing-value)',
  unique: 'shown as stated and checked by nothing yet: one event cannot show it',
  classification: 'public, internal (if unsaid), confidential or restricted; restricted needs a protection',
  examples: 'texts that the demo generates events from',
  properties: 'the fields of an object',
  items: 'what an array holds',
  relationships: 'the dataset and column it refers to must be there, of one type and protected alike; no cycles',
  'relationships.type': "'foreignKey' alone",
  'relationships.to': "'dataset.column', or 'domain/product.odcs.yaml#/schema/dataset/properties/column' of another domain",
  'relationships.customProperties': NOTHING,
  partitioned: NOTHING,
  partitionKeyPosition: NOTHING,
  physicalName: NOTHING,
  encryptedName: NOTHING,
  transformSourceObjects: NOTHING,
  transformLogic: NOTHING,
  transformDescription: NOTHING,
  criticalDataElement: NOTHING,
  'logicalTypeOptions.minLength': 'shorter texts are refused (wrong-length); characters, not bytes',
  'logicalTypeOptions.maxLength': 'longer texts are refused (wrong-length)',
  'logicalTypeOptions.pattern':
    'texts in which it is not found are refused (pattern-mismatch); ECMAScript, and such as takes time linear in the text',
  'logicalTypeOptions.format':
    'string: email, uuid, uri, hostname, ipv4, ipv6 (wrong-format); integer: i8, i16, i32, i64, u8, u16, u32; number: f32, f64; date and times: ISO 8601',
  'logicalTypeOptions.minimum': 'less is refused (out-of-range): of numbers, dates, times and timestamps',
  'logicalTypeOptions.maximum': 'more is refused (out-of-range)',
  'logicalTypeOptions.exclusiveMinimum': 'that and less is refused (out-of-range)',
  'logicalTypeOptions.exclusiveMaximum': 'that and more is refused (out-of-range)',
  'logicalTypeOptions.multipleOf': 'what it does not divide is refused (out-of-range), exactly',
  'logicalTypeOptions.timezone': 'true: a timestamp without a zone is refused (bad-time)',
  'logicalTypeOptions.defaultTimezone': "'UTC': a timestamp without a zone is read so",
  'logicalTypeOptions.minItems': 'fewer items are refused (wrong-length)',
  'logicalTypeOptions.maxItems': 'more items are refused (wrong-length)',
  'logicalTypeOptions.uniqueItems': 'an item that is there twice is refused',
  'logicalTypeOptions.minProperties': 'an object with fewer keys is refused (wrong-length)',
  'logicalTypeOptions.maxProperties': 'an object with more keys is refused (wrong-length)',
  'logicalTypeOptions.required': 'fields of an object without which it is refused (missing-value)',
};

const QUALITY: Readonly<Record<string, Effect>> = {
  type: 'library, sql, text or custom',
  metric:
    "'invalidValues' with validValues that must be 0 is held at the door (not-listed); others are about data at rest, shown as checked by nothing yet",
  arguments: 'validValues, pattern, missingValues or properties, as the metric takes them',
  query: 'of a rule of type sql',
  engine: NOTHING,
  implementation: NOTHING,
  unit: 'rows (if unsaid) or percent',
  name: "shown in the contract's explanation",
  description: "shown in the contract's explanation; required of a rule of type text",
  mustBe: 'compares what the rule measures',
  mustNotBe: 'compares what the rule measures',
  mustBeGreaterThan: 'compares what the rule measures',
  mustBeGreaterOrEqualTo: 'compares what the rule measures',
  mustBeLessThan: 'compares what the rule measures',
  mustBeLessOrEqualTo: 'compares what the rule measures',
  mustBeBetween: 'compares what the rule measures, the smaller number first',
  mustNotBeBetween: 'compares what the rule measures, the smaller number first',
  dimension: NOTHING,
  severity: NOTHING,
  businessImpact: NOTHING,
  method: NOTHING,
  schedule: NOTHING,
  scheduler: NOTHING,
  rule: NOTHING,
  tags: NOTHING,
  customProperties: NOTHING,
};

const DATASET: Readonly<Record<string, Effect>> = {
  name: 'stream, delivery, table (`<name>_clean`) and view are named by it',
  description: "the table's description in the catalog",
  tags: 'tags of the dataset',
  properties: 'the columns; with the fields within them 2,000 at most, a bound of ours',
  relationships: 'as of a column, for several columns together',
  'relationships.type': "'foreignKey' alone",
  'relationships.from': "columns of this dataset, as 'dataset.column'",
  'relationships.to': 'as many columns of another dataset',
  'relationships.customProperties': NOTHING,
  logicalType: "'object', if it is stated",
  physicalType: NOTHING,
  physicalName: NOTHING,
  businessName: NOTHING,
  dataGranularityDescription: NOTHING,
  'customProperties.eventIdFields':
    'required columns, string or integer, that are `_event_id` together: copies of one id count once',
  'customProperties.eventTimeField':
    'a required timestamp: which of several copies wins; what is too old or 48 h ahead is refused',
  'customProperties.sequenceField': 'an integer that decides between copies of one time',
  'customProperties.tenantField': 'whose data an event is; kept for serving by tenant',
  'customProperties.allowedLateness': 'ISO 8601 duration, `P3D` if unsaid: later events are accepted and counted as late',
  'customProperties.readOften': 'ISO 8601 duration, `P30D` if unsaid: days in S3 Standard at least',
  'customProperties.readSometimes': 'ISO 8601 duration, `P1Y` if unsaid: days that a query finds without a restore at least',
  'customProperties.restoreWithin': 'ISO 8601 duration, `PT12H` if unsaid: how slow an archive may be',
  'customProperties.curatedWithin':
    'ISO 8601 duration: asks for a table of one row for each primary key, which an event shows in so soon; none if unsaid',
  'customProperties.expectedEventsPerDay':
    'the shards of the stream, or that there is one at all, and the cost estimate; 10,000 if unsaid',
  'customProperties.expectedEventBytes': 'the cost estimate; 500 if unsaid',
};

const CONTRACT: Readonly<Record<string, Effect>> = {
  kind: "'DataContract'",
  apiVersion: 'v3.0.0 to v3.1.0',
  version: '`_contract_version` of each event; a breaking change needs a new major version',
  status: "shown in the contract's explanation; any, but for a slip of proposed, draft, active, deprecated or retired",
  name: 'the name of the product where `dataProduct` is not stated',
  dataProduct: 'the name of the product, by which its versions are released',
  domain: "the folder's name; stack, database, quarantine delivery and keys are named by it. Required here",
  tags: 'tags of every dataset',
  schema: 'the datasets. Required here',
  'description.purpose': "shown in the contract's explanation",
  'description.usage': "shown in the contract's explanation",
  'description.limitations': "shown in the contract's explanation",
  'description.customProperties': NOTHING,
  'team.name': 'the owner where no member has that role',
  'team.members': 'the member with the role Owner who has not left answers for the data. An owner is required here',
  'team.members.username': 'who can be asked; required',
  'team.members.name': "shown in the contract's explanation",
  'team.members.role': "'Owner' names the owner",
  'team.members.dateOut': 'who has left is no owner',
  'team.members.dateIn': NOTHING,
  'team.members.description': NOTHING,
  'team.members.replacedByUsername': NOTHING,
  'team.members.tags': NOTHING,
  'team.members.customProperties': NOTHING,
  'team.description': NOTHING,
  'team.tags': NOTHING,
  'team.customProperties': NOTHING,
  'roles.role': "shown in the contract's explanation; the platform makes its own least-privilege roles",
  'roles.access': "shown in the contract's explanation",
  'roles.firstLevelApprovers': "shown in the contract's explanation",
  'roles.secondLevelApprovers': "shown in the contract's explanation",
  'roles.description': NOTHING,
  'roles.customProperties': NOTHING,
  'slaProperties.property':
    'retention (required), latency or freshness, frequency, timeOfAvailability, generalAvailability, endOfSupport, endOfLife; all but the first three are shown as checked by nothing yet',
  'slaProperties.value':
    'retention: days of a list; latency: two thirds of it is what the delivery may buffer (15 minutes if unsaid), and from an hour on the dataset has no stream; dates in ISO 8601; a time of day with its zone',
  'slaProperties.unit': 's, m, h, d or y, or the words for them',
  'slaProperties.element': 'the dataset it is about, or `dataset.column`; every dataset if unsaid',
  'slaProperties.valueExt': NOTHING,
  'slaProperties.driver': NOTHING,
  'slaProperties.description': NOTHING,
  'slaProperties.scheduler': NOTHING,
  'slaProperties.schedule': NOTHING,
  slaDefaultElement: NOTHING,
  tenant: NOTHING,
  servers: NOTHING,
  support: NOTHING,
  price: NOTHING,
  customProperties: NOTHING,
  contractCreatedTs: NOTHING,
};

const under = (path: string, effects: Readonly<Record<string, Effect>>): [string, Effect][] =>
  Object.entries(effects).map(([key, effect]) => [`${path}.${key}`, effect]);

/** The one table of what each key causes, by its path without indexes. */
export const KEY_EFFECTS: ReadonlyMap<string, Effect> = new Map([
  ...Object.entries({ id: "the contract's identity: a released version is found by it", ...CONTRACT }),
  ...under('schema', DATASET),
  ...under('schema.properties', COLUMN),
  ...under('schema.quality', QUALITY),
  ...under('schema.properties.quality', QUALITY),
]);

/** The keys of {@link KEY_EFFECTS}, and what they lie below. */
const ANSWERED: ReadonlySet<string> = new Set(
  [...KEY_EFFECTS.keys()].flatMap((key) => key.split('.').map((_, last, parts) => parts.slice(0, last + 1).join('.'))),
);

/** Whether anything speaks of a key itself, or of what lies below it. */
const isAnswered = (path: string): boolean => ANSWERED.has(path);

/** The path by which {@link KEY_EFFECTS} knows a key: what lies in items or fields has the keys of a column again. */
function canonical(path: readonly string[]): string {
  const folded: string[] = [];
  for (const part of path) {
    const isInColumn = folded.length >= 2 && folded[0] === 'schema' && folded[1] === 'properties' && folded.length === 2;
    if (isInColumn && (part === 'properties' || part === 'items')) continue;
    folded.push(part);
  }
  return folded.join('.');
}

/** A place that keys are answered below, and what is known of them: a contract has the same keys many times. */
interface Place {
  readonly path: string;
  readonly inside: Map<string, Place | 'effectless'>;
}

const placeAt = (path: string): Place => ({ path, inside: new Map() });
const ROOT = placeAt('');

/** What lies below a key; undefined where nothing is said of it. */
function below(above: Place, key: string): Place | 'effectless' | undefined {
  const known = above.inside.get(key);
  if (known !== undefined) return known;
  const here = canonical(above.path === '' ? [key] : [...above.path.split('.'), key]);
  const isOpen = key in ANYWHERE && here !== 'id';
  const isEffectless = isOpen || (KEY_EFFECTS.has(here) && KEY_EFFECTS.get(here) === undefined);
  if (!isEffectless && !isAnswered(here)) return undefined;
  const found = isEffectless ? 'effectless' : here === above.path ? above : placeAt(here);
  above.inside.set(key, found);
  return found;
}

function findEffectless(value: unknown, at: Place, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) findEffectless(item, at, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const inner = below(at, key);
    if (inner === 'effectless') found.add(canonical(at.path === '' ? [key] : [...at.path.split('.'), key]));
    else if (inner !== undefined) findEffectless((value as Readonly<Record<string, unknown>>)[key], inner, found);
  }
}

/** The paths of a document's keys that have no effect here, sorted, each once. */
export function withoutEffect(document: unknown): readonly string[] {
  const found = new Set<string>();
  findEffectless(document, ROOT, found);
  return [...found].sort();
}

/** Keys of the standard that {@link KEY_EFFECTS} says nothing of, given all of them: none, or the table is not whole. */
export function unanswered(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => {
    const parts = key.split('.');
    const isOpen = parts.some((part, place) => part in ANYWHERE && place > 0) || parts[0] === 'authoritativeDefinitions';
    const path = canonical(parts);
    const ancestors = parts.map((_, place) => canonical(parts.slice(0, place + 1)));
    const isBelowAnswer = ancestors
      .slice(0, -1)
      .some((above) => KEY_EFFECTS.has(above) && (KEY_EFFECTS.get(above) === undefined || above.endsWith('arguments')));
    const isCustom = /(^|\.)customProperties(\.|$)/.test(path);
    return !isOpen && !isBelowAnswer && !isCustom && !isAnswered(path);
  });
}
