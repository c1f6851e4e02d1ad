import { cleanBufferSeconds } from '../../cost/platform.ts';
import { estimateMonthlyCost, type MonthlyCost } from '../../cost/estimate.ts';
import { temperaturePlan, type TemperaturePlan } from '../../cost/temperature-plan.ts';
import { foldEveryHours, isCurated } from '../../curated/cadence.ts';
import { curatedPrefix } from '../../curated/curated-location.ts';
import {
  curatedTableName,
  databaseName,
  deliveryName,
  rolePath,
  stackName,
  tableName,
  viewName,
  type Actor,
} from '../../naming.ts';
import { datasetPrefix, errorPrefix } from '../../storage/layout.ts';
import { QUARANTINE_DAYS, RAW_DAYS } from '../../storage/retention-classes.ts';
import { hiveType } from '../glue-columns.ts';
import type { Column, DataContract, DatasetContract, Protection } from '../model.ts';
import { intakeOf, type Intake } from './intake.ts';
import { rulesOfColumn, type HeldRule } from './rules-of-column.ts';
import { promisesInWords, qualityInWords } from './unchecked.ts';

/** What one dataset's contract causes, for a person who owns data and reads no code. */
export interface DatasetMeaning {
  /** `<domain>.<dataset>`. */
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly description?: string;
  /** Columns that identify an event, say when it happened, and order copies of it. */
  readonly event: {
    readonly id: readonly string[];
    readonly time: string;
    readonly sequence?: string;
    readonly tenant?: string;
    readonly primaryKey: readonly string[];
    readonly lateAfterHours: number;
    readonly perDay: number;
    readonly bytes: number;
  };
  readonly delivery: {
    readonly stack: string;
    readonly intake: Intake & {
      /** The delivery that producers put events straight into; absent where the dataset has a stream, which CloudFormation names. */
      readonly deliveryStream?: string;
    };
    /** Seconds within which an event must be readable, and for how many of them Firehose may hold it. */
    readonly freshnessSeconds: number;
    readonly bufferSeconds: number;
    readonly database: string;
    readonly table: string;
    readonly view: string;
  };
  /** The table of one row for each primary key; absent where the contract asks for none. */
  readonly curated?: {
    readonly table: string;
    /** Seconds within which an accepted event shows in it, and hours from one fold to the next. */
    readonly withinSeconds: number;
    readonly everyHours: number;
  };
  readonly zones: readonly { readonly zone: string; readonly prefix: string; readonly days: number; readonly holds: string }[];
  readonly temperatures: TemperaturePlan;
  readonly roles: readonly { readonly actor: Actor; readonly path: string; readonly may: string }[];
  readonly protected: readonly { readonly column: string; readonly protection: Protection; readonly stored: string }[];
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly classification: string;
    readonly description?: string;
  }[];
  readonly refused: readonly HeldRule[];
  /** What the contract demands of data at rest, and promises beyond freshness and retention: stated, and checked by nothing yet. */
  readonly unchecked: readonly string[];
  readonly cost: MonthlyCost;
}

/** What is stored of a value under each protection. */
export const STORED: Readonly<Record<Protection, string>> = {
  mask: "'***' and its last digits or its mail domain",
  hash: 'a keyed hash',
  tokenize: 'a token, the same for the same value within the domain',
  drop: 'nothing',
};

/** @param environment Name of the environment whose names are shown */
export function meaningOf(dataset: DatasetContract, environment: string): DatasetMeaning {
  const { domain, name, storage } = dataset;
  const prefix = datasetPrefix(dataset);
  const intake = intakeOf(dataset);
  const isShared = intake.form === 'direct-put'; // with what else of the domain has no stream
  const role = (actor: Actor, may: string) => ({ actor, path: rolePath(environment, actor), may });
  return {
    name: `${domain}.${name}`,
    version: dataset.version,
    owner: dataset.owner,
    ...(dataset.description === undefined ? {} : { description: dataset.description }),
    event: {
      id: dataset.eventIdFields,
      time: dataset.eventTimeField,
      ...(dataset.sequenceField === undefined ? {} : { sequence: dataset.sequenceField }),
      ...(dataset.tenantField === undefined ? {} : { tenant: dataset.tenantField }),
      primaryKey: dataset.primaryKey,
      lateAfterHours: dataset.allowedLatenessMs / 3_600_000,
      perDay: dataset.expectedEventsPerDay,
      bytes: dataset.expectedEventBytes,
    },
    delivery: {
      stack: stackName.domain(environment, domain),
      intake: isShared ? { ...intake, deliveryStream: deliveryName(environment, domain, name) } : intake,
      freshnessSeconds: dataset.freshnessSeconds,
      bufferSeconds: cleanBufferSeconds(dataset.freshnessSeconds),
      database: databaseName(environment, domain),
      table: tableName(name),
      view: viewName(name),
    },
    ...(isCurated(dataset)
      ? {
          curated: {
            table: curatedTableName(name),
            withinSeconds: dataset.curatedWithinMs / 1000,
            everyHours: foldEveryHours(dataset),
          },
        }
      : {}),
    zones: [
      { zone: 'raw', prefix, days: Math.min(RAW_DAYS, storage.retentionDays), holds: 'what producers sent, as it came; closed' },
      { zone: 'clean', prefix, days: storage.retentionDays, holds: 'accepted events as Parquet, protected; what readers see' },
      ...(isCurated(dataset)
        ? [
            {
              zone: 'curated',
              prefix: `${curatedPrefix(dataset)}/`,
              days: storage.retentionDays,
              holds: 'one row for each primary key, as an Iceberg table',
            },
          ]
        : []),
      {
        zone: 'quarantine',
        prefix,
        days: Math.min(QUARANTINE_DAYS, storage.retentionDays),
        holds: 'refused events with their reason; closed but to the steward',
      },
      { zone: 'raw, clean', prefix: errorPrefix(domain, name), days: 7, holds: 'what the delivery itself could not carry' },
    ],
    temperatures: temperaturePlan(dataset),
    roles: [
      role(
        'producer',
        isShared
          ? 'puts events into the delivery, and into those of others without a stream'
          : 'puts events into the stream, and nothing else',
      ),
      role('transform', 'judges and protects events, and puts the refused ones into quarantine'),
      role('delivery', `writes this dataset${isShared ? ', and others without a stream,' : ''} to raw and clean`),
      role('quarantine-delivery', "writes the domain's refused events to quarantine"),
      role('steward', 'lists what lies in the zones of the domain and reads what was refused'),
      ...(isCurated(dataset)
        ? [
            role('table-maker', 'makes the curated table and changes its columns'),
            role('curator', 'folds events into the curated table'),
          ]
        : []),
      role('analyst', isCurated(dataset) ? 'asks the view and the curated table through Athena' : 'asks the view through Athena'),
    ],
    protected: dataset.columns.flatMap(({ name: column, protection }) =>
      protection === undefined ? [] : [{ column, protection, stored: STORED[protection] }],
    ),
    columns: dataset.columns.map(columnMeaning),
    refused: [
      ...dataset.columns.flatMap((column) => rulesOfColumn(column)),
      { column: dataset.eventTimeField, rule: `is no more than ${storage.retentionDays} days old at arrival`, reason: 'too-old' },
      { column: dataset.eventTimeField, rule: 'is no more than 48 hours ahead of arrival', reason: 'in-the-future' },
    ],
    unchecked: [...qualityInWords(dataset), ...promisesInWords(dataset.serviceLevels)],
    cost: estimateMonthlyCost(dataset),
  };
}

const columnMeaning = ({ name, type, classification, description, businessName }: Column) => {
  const words = [businessName, description].filter((part) => part !== undefined).join(': ');
  return { name, type: hiveType(type), classification, ...(words === '' ? {} : { description: words }) };
};

/** What a whole contract causes. */
export interface ContractMeaning {
  readonly source: string;
  readonly product: string;
  readonly domain: string;
  readonly version: string;
  readonly status: string;
  readonly owner: string;
  readonly team: DataContract['team'];
  readonly description: DataContract['description'];
  readonly roles: DataContract['roles'];
  readonly datasets: readonly DatasetMeaning[];
  readonly withoutEffect: readonly string[];
}

export const contractMeaning = (source: string, contract: DataContract, environment: string): ContractMeaning => ({
  source,
  product: contract.product,
  domain: contract.domain,
  version: contract.version,
  status: contract.status,
  owner: contract.owner,
  team: contract.team,
  description: contract.description,
  roles: contract.roles,
  datasets: contract.datasets.map((dataset) => meaningOf(dataset, environment)),
  withoutEffect: contract.withoutEffect,
});
