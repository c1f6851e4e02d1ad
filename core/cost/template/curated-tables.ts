import { declaredDefinition, joinedParts } from '../../iceberg/declared-definition.ts';
import { UNDER_WAY_DAYS } from '../../curated/folds.ts';
import { curatedTableName } from '../../naming.ts';
import type { Delivery, Target } from './deliveries.ts';
import { PriceError } from './price-error.ts';
import { pathOf, type Declared } from './resource-set.ts';
import type { Situation } from './situation.ts';

/** An Iceberg table of one row for each key, with what the folds of a month do for it. */
export interface CuratedTable {
  readonly resource: Declared;
  readonly bucket: Declared;
  /** What the keys of its objects begin with. */
  readonly prefix: string;
  /** Brings the events that are folded. */
  readonly delivery: Delivery & { readonly objects: Target };
  readonly folds: number;
  /** Those of them that tidy the table as well: the first of a day. */
  readonly tidyings: number;
  /** Days of arrival that a fold reads: it begins at the start of a day. */
  readonly days: number;
  /** Bytes of Parquet that come in a month. */
  readonly bytes: number;
  /** Share of the table's columns that a MERGE reads, as though all were of one size: those of the key, and those that decide between rows. */
  readonly readShare: number;
}

/** Days that a delivery keeps what it cannot write, where it has no stream. @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html */
const DIRECT_PUT_DAYS = 1;
/** Columns that decide which row of a key stays: the times of event and arrival, the sequence, the contract's version and the hash of the content. */
const DECIDING = 5;
/** Parameters of a table that say whose it is. test/core/cost/template/names.test.ts holds them to what a contract gives. */
const [DOMAIN, DATASET] = ['headwaters.domain', 'headwaters.dataset'] as const;

/**
 * Curated tables by what their definitions say. Other Iceberg tables are entries of the catalog alone: who writes them, and how much, the
 * workload says by bucket.
 *
 * @throws {@link PriceError} `UnreadableProperty`, `UnknownTarget`
 */
export function curatedTablesOf({ resources, month }: Situation, deliveries: readonly Delivery[]): readonly CuratedTable[] {
  return resources.ofType('Custom::IcebergTable').flatMap((resource) => {
    const { Definition } = resource.properties;
    const definition = declaredDefinition(Definition);
    if (definition === undefined)
      throw new PriceError('UnreadableProperty', [
        `'Definition' of ${pathOf(resource)} must be the definition of a table, as 'IcebergTable' writes it, to be priced; write it so`,
      ]);
    const { location, properties, tableName } = definition;
    const [domain, dataset] = [properties[DOMAIN], properties[DATASET]];
    if (domain === undefined || dataset === undefined || tableName !== curatedTableName(dataset)) return [];
    const delivery = deliveries.find(({ converts, traffic }) => converts && traffic.name === `${domain}.${dataset}`);
    if (delivery?.objects === undefined)
      throw new PriceError('UnknownTarget', [
        `'Definition' of ${pathOf(resource)} must be of a dataset that a delivery of the templates writes, got '${domain}.${dataset}'; price it together with the stack that declares the delivery`,
      ]);
    const { traffic, source, objects } = delivery;
    const folds = traffic.foldsADay * month.days;
    const keptDays = source === undefined ? DIRECT_PUT_DAYS : Math.ceil(source.retentionDays);
    return [
      {
        resource,
        bucket: resources.require(resource, 'Definition', joinedParts(Definition).find(isReference) ?? location),
        prefix: location.replace(/^s3:\/\/[^/]*\//, ''),
        delivery: { ...delivery, objects },
        folds,
        tidyings: Math.min(folds, month.days),
        days: traffic.foldsADay === 0 ? 0 : keptDays + UNDER_WAY_DAYS + 1 / traffic.foldsADay + 0.5,
        bytes: traffic.bytes / objects.ratio,
        readShare: Math.min(1, (definition.key.length + DECIDING) / definition.columns.length),
      },
    ];
  });
}

const isReference = (part: unknown): boolean => typeof part === 'object' && part !== null;
