import type { Case } from './case.ts';
import { closeField, isInternalText, isMasked, isObject, isPersonal } from './columns.ts';

/** What a contract may say otherwise in a new major version, and opens nothing. */
export const HARMLESS_CONTRACTS: readonly Case[] = [
  {
    name: 'a column is masked that was in clear',
    edit: (platform) => {
      const column = platform.column(({ protection, type }) => protection === undefined && type.kind === 'string');
      column.classification = 'restricted';
      column.protection = 'mask';
    },
  },
  {
    name: 'a personal column gets one more tag',
    edit: (platform) => {
      platform.column(isPersonal).tags.push('contact');
    },
  },
  {
    name: 'a masked column is no longer stored',
    edit: (platform) => {
      platform.column(isMasked).protection = 'drop';
    },
  },
  {
    name: 'a personal column is gone from its contract',
    edit: (platform) => {
      platform.column((column, dataset) => {
        if (!isPersonal(column)) return false;
        dataset.columns = dataset.columns.filter((other) => other !== column);
        return true;
      });
    },
  },
  {
    name: 'a column is described in other words',
    edit: (platform) => {
      platform.column(isMasked).description = 'in other words';
    },
  },
  {
    name: 'an object becomes a map, in a column that says of a person what its field did',
    given: (platform) => {
      platform.column(isInternalText).type = { kind: 'object', fields: [closeField('email')] };
    },
    edit: (platform) => {
      const column = platform.column(isObject);
      const { classification, tags } = closeField('email');
      Object.assign(column, { type: { kind: 'map', values: { kind: 'string' } }, classification, tags });
    },
  },
];
