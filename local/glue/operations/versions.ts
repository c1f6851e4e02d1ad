import type { Operation } from '../../service.ts';
import type { GlueCatalog } from '../catalog.ts';
import { isCode, notFound } from '../glue-error.ts';
import { pageOf } from '../page.ts';
import type { GlueTable } from '../table.ts';
import { atMost, name, request } from './request.ts';
import { detailOf } from './tables.ts';

/** Versions in one answer, and in one batch. @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetTableVersions.html */
const PAGE = 100;

const versionView = (table: GlueTable): object => ({ Table: table, VersionId: table.VersionId });

/** What has the order that versions are given in, the newest first. */
const placeOf = ({ VersionId }: GlueTable): string => String(Number.MAX_SAFE_INTEGER - Number(VersionId)).padStart(16, '0');

export const versionOperations = ({ tables }: GlueCatalog): Readonly<Record<string, Operation>> => ({
  GetTableVersion: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'TableName', 'VersionId');
    const all = tables.versions(caller, name(members, 'DatabaseName'), name(members, 'TableName'), 'glue:GetTableVersion');
    const wanted = members.optionalText('VersionId');
    const found = wanted === undefined ? all[0] : all.find(({ VersionId }) => VersionId === wanted);
    if (found === undefined) throw notFound('Version not found.');
    return { TableVersion: versionView(found) };
  },
  GetTableVersions: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'TableName', 'MaxResults', 'NextToken');
    const all = tables.versions(caller, name(members, 'DatabaseName'), name(members, 'TableName'));
    const { items, next } = pageOf(all, placeOf, input, { operation: 'GetTableVersions', most: PAGE });
    return { TableVersions: items.map(versionView), ...next };
  },
  DeleteTableVersion: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'TableName', 'VersionId');
    const names = [name(members, 'DatabaseName'), name(members, 'TableName')] as const;
    tables.deleteVersion(caller, ...names, members.text('VersionId'), 'glue:DeleteTableVersion');
    return {};
  },
  BatchDeleteTableVersion: async (input, caller) => {
    const members = request(input, 'DatabaseName', 'TableName', 'VersionIds');
    const names = [name(members, 'DatabaseName'), name(members, 'TableName')] as const;
    const Errors = atMost(members.texts('VersionIds'), 'versionIds', PAGE).flatMap((VersionId) => {
      try {
        tables.deleteVersion(caller, ...names, VersionId, 'glue:BatchDeleteTableVersion');
        return [];
      } catch (error) {
        if (!isCode(error, 'EntityNotFoundException') && !isCode(error, 'InvalidInputException')) throw error;
        return [{ TableName: names[1], VersionId, ErrorDetail: detailOf(error) }];
      }
    });
    return { Errors };
  },
});
