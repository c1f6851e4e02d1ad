import { isCurated } from '../../curated/cadence.ts';
import type { Column, DatasetContract } from '../model.ts';
import { same, sameSet } from './canonical.ts';
import { additive, breaking, metadata, type Change, type ChangeCode } from './change.ts';
import { compareColumns } from './compare-columns.ts';
import { compareIntake } from './compare-intake.ts';
import { compareQuality } from './compare-quality.ts';
import { compareRelationships } from './compare-relationships.ts';
import { compareServiceLevels } from './compare-service-levels.ts';
import { compareStorage } from './compare-storage.ts';
import { compareTags } from './compare-tags.ts';
import { findRenames, type Renames } from './find-renames.ts';
import { followRenames } from './follow-renames.ts';
import { grown } from './grown.ts';
import { fromTo, shown } from './words.ts';

/** `before` with the names of now, and beside it what its columns were and what they were renamed to. */
type Judge = (before: DatasetContract, after: DatasetContract, columns: readonly Column[], renames: Renames) => readonly Change[];

/** Every difference between two versions of one dataset. The version itself is none: see `checkVersion`. */
export function compareDatasets(before: DatasetContract, after: DatasetContract): readonly Change[] {
  const renames = findRenames(before.columns, after.columns);
  const followed = followRenames(before, renames);
  return [
    ...Object.values(JUDGES).flatMap((judge) => judge(followed, after, before.columns, renames)),
    ...compareIntake(followed, after),
  ];
}

const read =
  (key: keyof DatasetContract, code: ChangeCode): Judge =>
  (before, after) =>
    same(before[key], after[key]) ? [] : [metadata(code, after.name, fromTo(before[key], after[key]))];

const name: Judge = (before, after) =>
  before.name === after.name
    ? []
    : [
        breaking(
          'DatasetRenamed',
          after.name,
          ['producers', 'readers', 'stored data'],
          `${fromTo(before.name, after.name)}, whose columns and event id are the same: stream or delivery, table, view and keys are others`,
          'deliver both for a while, copy what is stored, and remove the old one in a later major version',
        ),
      ];

const domain: Judge = (before, after) =>
  before.domain === after.domain ? [] : [domainChanged(after.name, before.domain, after.domain)];

/** A domain has its own stack, database, keys and secret: a value's token in one is not that in another. */
export const domainChanged = (path: string, before: string, after: string): Change =>
  breaking(
    'DomainChanged',
    path,
    ['producers', 'readers', 'stored data'],
    `${fromTo(before, after)}: stream or delivery, database, keys and tokens are others`,
    'release it as a new product of the new domain, deliver both for a while, and retire the old one',
  );

/** The list, and the columns' own marks where the list does not tell of them. */
const primaryKey: Judge = (before, after) => {
  if (same(before.primaryKey, after.primaryKey)) {
    const marked = (columns: readonly Column[]) => columns.filter((column) => column.primaryKey).map((column) => column.name);
    return sameSet(marked(before.columns), marked(after.columns))
      ? []
      : [keyChanged(after.name, fromTo(marked(before.columns), marked(after.columns)))];
  }
  const words = fromTo(before.primaryKey, after.primaryKey);
  return sameSet(before.primaryKey, after.primaryKey)
    ? [metadata('KeyReordered', after.name, `${words}: the same columns are the key`)]
    : [keyChanged(after.name, words)];
};
const keyChanged = (path: string, words: string): Change =>
  breaking(
    'KeyChanged',
    path,
    ['readers', 'stored data'],
    `${words}: what is one row becomes several, or several become one`,
    'fold the clean data anew by the new key',
  );

/** The id is made of the values as stored, in the order of the fields. */
const eventIdFields: Judge = (before, after) => {
  const identity = ({ eventIdFields: fields, columns }: DatasetContract) =>
    fields.map((field) => {
      const protection = columns.find((column) => column.name === field)?.protection;
      return protection === undefined ? field : `${field} (${protection})`;
    });
  const [old, now] = [identity(before), identity(after)];
  const gone = before.eventIdFields.filter((field) => !after.eventIdFields.includes(field));
  const [lost, keep] =
    gone.length === 0
      ? ['', '']
      : [
          `; events that differ by ${shown(gone)} alone have one id, and readers see one row of them a day`,
          `keep ${shown(gone)} in it unless no two events differ by that alone; `,
        ];
  return same(old, now)
    ? []
    : [
        breaking(
          'EventIdChanged',
          after.name,
          ['readers', 'stored data'],
          `${fromTo(old, now)}: copies of one event have two ids, and count twice over the day of the change${lost}`,
          `${keep}let no producer send an event again over that day, or fold the clean data anew by the new id`,
        ),
      ];
};

const eventTimeField: Judge = (before, after) =>
  before.eventTimeField === after.eventTimeField
    ? []
    : [
        breaking(
          'EventTimeFieldChanged',
          after.name,
          ['producers', 'readers', 'stored data'],
          `${fromTo(before.eventTimeField, after.eventTimeField)}: other events are too old or too early, another copy wins, and curated is partitioned by another time`,
          'fold the clean data anew by the new time',
        ),
      ];

const sequenceField: Judge = (before, after) => {
  if (before.sequenceField === after.sequenceField) return [];
  const words = `${fromTo(before.sequenceField, after.sequenceField)}: another of several copies of one time may win`;
  return before.sequenceField === undefined && !isCurated(before)
    ? [additive('SequenceFieldAdded', after.name, words, 'tell readers that copies of one time are now in order')]
    : [
        breaking(
          'SequenceFieldChanged',
          after.name,
          ['readers', 'stored data'],
          words,
          'fold the clean data anew by the new order',
        ),
      ];
};

const tenantField: Judge = (before, after) => {
  if (before.tenantField === after.tenantField) return [];
  const words = fromTo(before.tenantField, after.tenantField);
  return before.tenantField === undefined
    ? [
        additive(
          'TenantFieldAdded',
          after.name,
          `${words}: its rows can be shown by tenant`,
          'see that every stored row has a tenant',
        ),
      ]
    : [
        breaking(
          'TenantFieldChanged',
          after.name,
          ['readers', 'privacy'],
          `${words}: a tenant may see rows of another, or its own no longer`,
          'have the owner of the data decide it, and close the tenants’ views until they follow the new field',
        ),
      ];
};

const allowedLateness: Judge = (before, after) =>
  grown(before.allowedLatenessMs, after.allowedLatenessMs, {
    more: () =>
      additive(
        'LatenessLengthened',
        after.name,
        `${fromTo(before.allowedLatenessMs, after.allowedLatenessMs)} ms: late events are folded for longer`,
        'tell readers that a day is final later',
      ),
    less: () =>
      breaking(
        'LatenessShortened',
        after.name,
        ['producers', 'readers'],
        `${fromTo(before.allowedLatenessMs, after.allowedLatenessMs)} ms: events between the two count as late, and their day is no longer restated`,
        'see that every producer delivers within the new time',
      ),
  });

const freshness: Judge = (before, after) =>
  grown(before.freshnessSeconds, after.freshnessSeconds, {
    more: () =>
      breaking(
        'FreshnessLoosened',
        after.name,
        ['readers'],
        `${fromTo(before.freshnessSeconds, after.freshnessSeconds)} seconds: events can be read later than promised`,
        'agree on it with the readers',
      ),
    less: () =>
      additive(
        'FreshnessTightened',
        after.name,
        `${fromTo(before.freshnessSeconds, after.freshnessSeconds)} seconds: events can be read sooner`,
        'look at what the faster delivery costs',
      ),
  });

const curatedWithin: Judge = (before, after) => {
  const [was, is] = [before.curatedWithinMs, after.curatedWithinMs];
  if (was === undefined)
    return is === undefined
      ? []
      : [
          additive(
            'CuratedAdded',
            after.name,
            `${fromTo(was, is)} ms: there is a table of one row for each primary key`,
            'look at what the folds cost',
          ),
        ];
  if (is === undefined)
    return [
      breaking(
        'CuratedGone',
        after.name,
        ['readers'],
        `${fromTo(was, is)}: the table of one row for each primary key is made and folded no more, and where it outlives its stack its rows stay beyond the retention`,
        'see that no reader asks it, agree on it with them, and delete the table and its objects where they stay',
      ),
    ];
  return grown(was, is, {
    more: () =>
      breaking(
        'CuratedLoosened',
        after.name,
        ['readers'],
        `${fromTo(was, is)} ms: events show in the curated table later than promised`,
        'agree on it with the readers',
      ),
    less: () =>
      additive(
        'CuratedTightened',
        after.name,
        `${fromTo(was, is)} ms: events show in the curated table sooner`,
        'look at what more folds cost',
      ),
  });
};

const JUDGES: { readonly [K in keyof Required<DatasetContract>]: Judge } = {
  domain,
  name,
  version: () => [], // is judged by what changed: see checkVersion
  owner: read('owner', 'OwnerChanged'),
  description: read('description', 'DescriptionChanged'),
  columns: (_before, after, columns, renames) =>
    compareColumns(columns, after.columns, { path: after.name, stored: true, nested: false }, renames),
  primaryKey,
  relationships: (before, after) => compareRelationships(before.relationships, after.relationships, after.name),
  quality: compareQuality,
  eventIdFields,
  eventTimeField,
  sequenceField,
  tenantField,
  allowedLatenessMs: allowedLateness,
  freshnessSeconds: freshness,
  curatedWithinMs: curatedWithin,
  serviceLevels: (before, after) => compareServiceLevels(before.serviceLevels, after.serviceLevels, after.name),
  storage: (before, after) => compareStorage(before.storage, after.storage, after.name),
  expectedEventsPerDay: read('expectedEventsPerDay', 'ExpectedVolumeChanged'),
  expectedEventBytes: read('expectedEventBytes', 'ExpectedVolumeChanged'),
  tags: (before, after) => compareTags(before.tags, after.tags, after.name),
};
