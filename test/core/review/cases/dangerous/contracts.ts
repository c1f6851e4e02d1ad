import type { DangerousCase } from '../case.ts';
import { closeField, isInternalText, isMasked, isObject, isPersonal } from '../columns.ts';

/** What a contract says in a new major version, and no template shows as a danger. */
export const CONTRACTS: readonly DangerousCase[] = [
  {
    name: 'a personal column is stored in clear, and is said to be about nobody',
    edit: (platform) => {
      const column = platform.column(isMasked);
      column.classification = 'internal';
      column.tags = [];
      delete column.protection;
    },
    dangers: ['ClassificationLowered', 'ProtectionWeakened', 'PersonalMarkRemoved'],
  },
  {
    name: 'a confidential column loses its mask',
    given: (platform) => {
      platform.column(isMasked).classification = 'confidential';
    },
    edit: (platform) => {
      delete platform.column(isMasked).protection;
    },
    dangers: ['ProtectionWeakened'],
  },
  {
    name: 'what was dropped is stored with a mask',
    given: (platform) => {
      platform.column(isMasked).protection = 'drop';
    },
    edit: (platform) => {
      platform.column(({ protection }) => protection === 'drop').protection = 'mask';
    },
    dangers: ['ProtectionWeakened'],
  },
  {
    name: 'a column is opened to more people',
    edit: (platform) => {
      platform.column(({ classification }) => classification === 'internal').classification = 'public';
    },
    dangers: ['ClassificationLowered'],
  },
  {
    name: 'a personal column loses its mark alone',
    edit: (platform) => {
      platform.column(isPersonal).tags = ['contact'];
    },
    dangers: ['PersonalMarkRemoved'],
  },
  {
    name: 'a dataset goes to another product of its domain, and is stored in clear there',
    edit: (platform) => {
      const masked = platform.column(isMasked);
      delete masked.protection;
      const from = platform.contracts.find(({ datasets }) => datasets.some(({ columns }) => columns.includes(masked)));
      const to = platform.contracts.find((contract) => contract !== from && contract.domain === from?.domain);
      to?.datasets.push(...(from?.datasets.splice(0) ?? []));
    },
    dangers: ['ProtectionWeakened'],
  },
  {
    name: 'a draft stores a personal column in clear',
    given: (platform) => {
      for (const contract of platform.contracts) contract.status = 'draft';
    },
    edit: (platform) => {
      delete platform.column(isMasked).protection;
    },
    dangers: ['ProtectionWeakened'],
  },
  {
    name: 'a confidential column loses its mask with its name',
    edit: (platform) => {
      const column = platform.column(isMasked);
      column.name = `${column.name}_now`;
      delete column.protection;
    },
    dangers: ['ProtectionWeakened'],
  },
  {
    name: 'an object becomes a map, and what a field of it said of a person is gone',
    given: (platform) => {
      platform.column(isInternalText).type = { kind: 'object', fields: [closeField('email')] };
    },
    edit: (platform) => {
      platform.column(isObject).type = { kind: 'map', values: { kind: 'string' } };
    },
    dangers: ['ClassificationLowered', 'PersonalMarkRemoved'],
  },
];
