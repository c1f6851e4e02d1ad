import type { DataContract, DatasetContract } from '../model.ts';
import { same } from './canonical.ts';
import { additive, breaking, metadata, type Change, type ChangeCode } from './change.ts';
import { compareDatasets, domainChanged } from './compare-datasets.ts';
import { fromTo, shown } from './words.ts';

type Judge = (before: DataContract, after: DataContract) => readonly Change[];

/** The path of what the product says as a whole. */
const PRODUCT = 'contract';

/** Every difference between two versions of a product, with what it means. The version itself is none: see `checkVersion`. */
export const compareContracts: Judge = (before, after) => Object.values(JUDGES).flatMap((judge) => judge(before, after));

const read =
  (key: keyof DataContract, code: ChangeCode): Judge =>
  (before, after) =>
    same(before[key], after[key]) ? [] : [metadata(code, PRODUCT, fromTo(before[key], after[key]))];

const id: Judge = (before, after) =>
  before.id === after.id
    ? []
    : [
        breaking(
          'ContractIdChanged',
          PRODUCT,
          ['readers'],
          `${fromTo(before.id, after.id)}: whoever refers to the contract by its id finds it no longer`,
          'keep the id, or tell those who refer to it',
        ),
      ];

const product: Judge = (before, after) =>
  before.product === after.product
    ? []
    : [
        breaking(
          'ProductChanged',
          PRODUCT,
          ['readers'],
          `${fromTo(before.product, after.product)}: its released versions stand under the old name`,
          'keep the name, or release it as a new product and retire the old one',
        ),
      ];

/** Datasets by their names; one that went and one that came of the same columns and event id are one that was renamed. */
const datasets: Judge = (before, after) => {
  const old = before.datasets.map((dataset) => saidOnce(dataset, before, after));
  const named = (list: readonly DatasetContract[], name: string) => list.find((dataset) => dataset.name === name);
  const removed = old.filter(({ name }) => named(after.datasets, name) === undefined);
  const added = after.datasets.filter(({ name }) => named(old, name) === undefined);
  const origin = (dataset: DatasetContract) => {
    const alike = removed.filter((other) => isAlike(other, dataset));
    return alike.length === 1 && added.filter((other) => alike.some((one) => isAlike(one, other))).length === 1
      ? alike[0]
      : undefined;
  };
  const origins = new Map(after.datasets.map((dataset) => [dataset, named(old, dataset.name) ?? origin(dataset)] as const));
  const kept = [...origins.values()];
  return [
    ...removed.filter((dataset) => !kept.includes(dataset)).map(datasetRemoved),
    ...[...origins].flatMap(([dataset, from]) => (from === undefined ? [datasetAdded(dataset)] : compareDatasets(from, dataset))),
    ...reordered(
      old.filter((dataset) => kept.includes(dataset)),
      kept.filter((dataset) => dataset !== undefined),
    ),
  ];
};

/** What a product says for all of its datasets is told of the product alone. */
const saidOnce = (dataset: DatasetContract, before: DataContract, after: DataContract): DatasetContract => {
  const domain = (own: string) => (own === before.domain ? after.domain : own);
  return {
    ...dataset,
    domain: domain(dataset.domain),
    owner: dataset.owner === before.owner ? after.owner : dataset.owner,
    relationships: dataset.relationships.map((relationship) => ({
      ...relationship,
      to: { ...relationship.to, domain: domain(relationship.to.domain) },
    })),
  };
};

/** One dataset under two names, whatever else is said of its columns by now: that is told of each. */
const isAlike = (one: DatasetContract, other: DatasetContract): boolean => same(madeOf(one), madeOf(other));
const madeOf = ({ columns, eventIdFields, eventTimeField }: DatasetContract) => [
  columns.map(({ name, type, required }) => [name, type, required]),
  eventIdFields,
  eventTimeField,
];

const datasetAdded = ({ name }: DatasetContract): Change =>
  additive('DatasetAdded', name, `${shown(name)} is promised`, 'nothing but a new minor version');

const datasetRemoved = ({ name }: DatasetContract): Change =>
  breaking(
    'DatasetRemoved',
    name,
    ['producers', 'readers', 'stored data'],
    `${shown(name)} is no longer promised: its stream or delivery takes no event, and its view is gone`,
    'say in a version before that it will go, and decide what becomes of what is stored',
  );

const reordered = (before: readonly DatasetContract[], after: readonly DatasetContract[]): readonly Change[] => {
  const [old, now] = [before, after].map((list) => list.map(({ name }) => name));
  return same(old, now) ? [] : [metadata('DatasetsReordered', PRODUCT, fromTo(old, now))];
};

const JUDGES: { readonly [K in keyof DataContract]: Judge } = {
  id,
  domain: (before, after) => (before.domain === after.domain ? [] : [domainChanged(PRODUCT, before.domain, after.domain)]),
  product,
  version: () => [], // is judged by what changed: see checkVersion
  status: read('status', 'StatusChanged'),
  owner: read('owner', 'OwnerChanged'),
  description: read('description', 'DescriptionChanged'),
  team: read('team', 'TeamChanged'),
  roles: read('roles', 'RolesChanged'),
  datasets,
  withoutEffect: read('withoutEffect', 'WithoutEffectChanged'),
};
