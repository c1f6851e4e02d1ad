import type { Members } from '../../input.ts';
import type { Operation } from '../../service.ts';
import type { GlueCatalog } from '../catalog.ts';
import { invalidInput } from '../glue-error.ts';
import { readPartitionInput } from '../input.ts';
import { pageOf } from '../page.ts';
import { partitionKey, type GluePartition } from '../partition.ts';
import type { Refused, TableName } from '../partitions.ts';
import { atMost, name, request } from './request.ts';
import { detailOf } from './tables.ts';

/** Partitions in one answer, at most. @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html */
const PAGE = 1000;
/** Partitions of one batch. @see https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html and its neighbours */
const BATCH = { create: 100, delete: 25, get: 1000 } as const;
/** Segments of one scan. @see https://docs.aws.amazon.com/glue/latest/webapi/API_Segment.html */
const MOST_SEGMENTS = 10;

const TABLE = ['DatabaseName', 'TableName'] as const;

export const partitionOperations = ({ partitions }: GlueCatalog): Readonly<Record<string, Operation>> => ({
  GetPartition: async (input, caller) => {
    const members = request(input, ...TABLE, 'PartitionValues');
    return { Partition: partitions.get(caller, tableOf(members), members.texts('PartitionValues')) };
  },
  GetPartitions: async (input, caller) => {
    const known = ['Expression', 'MaxResults', 'NextToken', 'Segment', 'ExcludeColumnSchema'];
    const members = request(input, ...TABLE, ...known);
    const segment = segmentOf(members.optionalObject('Segment'));
    const all = partitions.list(caller, tableOf(members), members.optionalText('Expression')).filter((_, at) => segment(at));
    const { items, next } = pageOf(all, ({ Values }) => partitionKey(Values), input, { operation: 'GetPartitions', most: PAGE });
    const bare = members.optionalBoolean('ExcludeColumnSchema') ?? false;
    return { Partitions: bare ? items.map(withoutColumns) : items, ...next };
  },
  BatchGetPartition: async (input, caller) => {
    const members = request(input, ...TABLE, 'PartitionsToGet');
    const wanted = valuesOf(members, 'PartitionsToGet', BATCH.get);
    return { Partitions: partitions.some(caller, tableOf(members), wanted), UnprocessedKeys: [] };
  },
  CreatePartition: async (input, caller) => {
    const members = request(input, ...TABLE, 'PartitionInput');
    partitions.create(caller, tableOf(members), readPartitionInput(members.raw('PartitionInput')));
    return {};
  },
  BatchCreatePartition: async (input, caller) => {
    const members = request(input, ...TABLE, 'PartitionInputList');
    const list = members.raw('PartitionInputList');
    if (!Array.isArray(list)) throw members.invalid('PartitionInputList', 'must be a list');
    const read = atMost(list as unknown[], 'partitionInputList', BATCH.create).map(readPartitionInput);
    return { Errors: partitions.createAll(caller, tableOf(members), read).map(errorOf) };
  },
  UpdatePartition: async (input, caller) => {
    const members = request(input, ...TABLE, 'PartitionValueList', 'PartitionInput');
    const update = readPartitionInput(members.raw('PartitionInput'));
    partitions.update(caller, tableOf(members), members.texts('PartitionValueList'), update);
    return {};
  },
  DeletePartition: async (input, caller) => {
    const members = request(input, ...TABLE, 'PartitionValues');
    partitions.delete(caller, tableOf(members), members.texts('PartitionValues'));
    return {};
  },
  BatchDeletePartition: async (input, caller) => {
    const members = request(input, ...TABLE, 'PartitionsToDelete');
    const wanted = valuesOf(members, 'PartitionsToDelete', BATCH.delete);
    return { Errors: partitions.deleteAll(caller, tableOf(members), wanted).map(errorOf) };
  },
});

const tableOf = (members: Members): TableName => ({
  database: name(members, 'DatabaseName'),
  table: name(members, 'TableName'),
});

const valuesOf = (members: Members, member: string, most: number): readonly (readonly string[])[] =>
  atMost(members.objects(member), member.replace(/^P/, 'p'), most).map((each) => each.only(['Values']).texts('Values'));

const errorOf = ({ values, error }: Refused): object => ({ PartitionValues: values, ErrorDetail: detailOf(error) });

const withoutColumns = ({ StorageDescriptor: storage, ...rest }: GluePartition): object => ({
  ...rest,
  ...(storage && { StorageDescriptor: { ...storage, Columns: [] } }),
});

/** Which of the partitions, by their places, a segment takes: every one belongs to one segment. */
function segmentOf(segment: Members | undefined): (place: number) => boolean {
  if (segment === undefined) return () => true;
  const number = segment.number('SegmentNumber');
  const total = segment.number('TotalSegments');
  if (
    !Number.isSafeInteger(total) ||
    total < 1 ||
    total > MOST_SEGMENTS ||
    !Number.isSafeInteger(number) ||
    number < 0 ||
    number >= total
  )
    throw invalidInput(`'Segment' must have 1 to ${MOST_SEGMENTS} TotalSegments, and a SegmentNumber from 0 below that`);
  return (place) => place % total === number;
}
