import type { ContractChange, ProofColumn } from '../change.ts';
import { note, number, quantity, text } from './columns-of.ts';

const numbered = (name: string, numberOf: (serial: number) => number): ProofColumn => ({
  name,
  meaning: name,
  odcs: { logicalType: 'integer', required: true },
  fact: (serial) => number(numberOf(serial)),
});
const ORDER_NO = numbered('order_no', (serial) => serial);
const LINE_NO = numbered('line_no', (serial) => serial ^ 64); // the order number of an event some stages away

const holder = (name: string): ProofColumn => ({
  name,
  meaning: name,
  odcs: { logicalType: 'string', required: true },
  fact: (serial) => text(`${name} ${serial % 3}`),
});

/** What one event's order is numbered, another's line is: ids of one version meet ids of the other. */
export const CHANGED_EVENT_ID: ContractChange = {
  id: 'changed-event-id',
  versions: [
    { version: '1.0.0', columns: [ORDER_NO, LINE_NO], eventIdFields: ['order_no'] },
    { version: '2.0.0', columns: [ORDER_NO, LINE_NO], eventIdFields: ['line_no'] },
  ],
  steps: [{ verdict: 'breaking', codes: ['EventIdChanged'] }],
};

export const CHANGED_KEY: ContractChange = {
  id: 'changed-key',
  versions: [
    { version: '1.0.0', columns: [LINE_NO, note], primaryKey: ['serial'] },
    {
      version: '2.0.0',
      columns: [LINE_NO, note],
      primaryKey: ['serial', 'line_no'],
      eventIdFields: ['serial', 'line_no'],
    },
  ],
  steps: [{ verdict: 'breaking', codes: ['KeyChanged', 'EventIdChanged'] }],
};

/** A longer life in another place, and a column beside. A month later what lay in the old place has expired, and the rest has not. */
export const CHANGED_CLASS: ContractChange = {
  id: 'changed-class',
  versions: [
    { version: '1.0.0', columns: [note], keepDays: 30 },
    { version: '1.1.0', columns: [note, quantity('qty')], keepDays: 90 },
  ],
  steps: [
    {
      verdict: 'additive',
      codes: ['ColumnAdded', 'RetentionLengthened', 'QueryableDaysLengthened', 'RetentionClassChanged'],
    },
  ],
  laterDays: [20, 40],
};

export const CHANGED_TENANT: ContractChange = {
  id: 'changed-tenant',
  versions: [
    { version: '1.0.0', columns: [holder('seller'), holder('buyer')], tenantField: 'seller' },
    { version: '2.0.0', columns: [holder('seller'), holder('buyer')], tenantField: 'buyer' },
  ],
  steps: [{ verdict: 'breaking', codes: ['TenantFieldChanged'] }],
};
