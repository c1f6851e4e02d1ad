import type { ContractChange, ProofColumn } from '../change.ts';
import { hasNote, note, number, quantity, text } from './columns-of.ts';

const INT = { logicalTypeOptions: { format: 'i32' } } as const;
const LARGEST_INT = 2 ** 31 - 1;
/** Past 2^53, where a careless parser rounds. */
const beyondDoubles = (column: ProofColumn): ProofColumn => ({
  ...column,
  fact: (serial) => number(9_007_199_254_740_993n + BigInt(serial)),
});

const isTooLarge = (serial: number): boolean => serial % 4 === 0;
const sometimesTooLarge = (column: ProofColumn): ProofColumn => ({
  ...column,
  fact: (serial) => (isTooLarge(serial) ? number(LARGEST_INT + 1 + serial) : column.fact(serial)),
});

const state = (...validValues: readonly string[]): ProofColumn => ({
  name: 'state',
  meaning: 'state',
  odcs: {
    logicalType: 'string',
    quality: [{ type: 'library', metric: 'invalidValues', arguments: { validValues }, mustBe: 0 }],
  },
  fact: (serial) => text(validValues[serial % validValues.length] ?? ''),
});

export const NEW_OPTIONAL_COLUMN: ContractChange = {
  id: 'new-optional-column',
  versions: [
    { version: '1.0.0', columns: [note] },
    { version: '1.1.0', columns: [quantity('qty'), note] }, // not at the end: names count, not places
  ],
  steps: [{ verdict: 'additive', codes: ['ColumnAdded'] }],
};

/** As the verdict says: the new name beside the old one, both filled, and the old one removed when no row holds it alone. */
export const RENAMED_COLUMN: ContractChange = {
  id: 'renamed-column',
  versions: [
    { version: '1.0.0', columns: [quantity('qty'), note] },
    { version: '1.1.0', columns: [quantity('qty'), quantity('quantity'), note] },
    { version: '2.0.0', columns: [quantity('quantity'), note] },
  ],
  steps: [
    { verdict: 'additive', codes: ['ColumnAdded'] },
    { verdict: 'breaking', codes: ['ColumnRemoved'], afterDays: 8 },
  ],
};

/** A type that files do not bear, as the verdict says: a column of the new type beside the old one. What does not fit is refused by name. */
export const NARROWED_TYPE: ContractChange = {
  id: 'narrowed-type',
  versions: [
    { version: '1.0.0', columns: [beyondDoubles(quantity('amount')), note] },
    { version: '1.1.0', columns: [quantity('amount'), sometimesTooLarge(quantity('amount_int', INT)), note] },
    { version: '2.0.0', columns: [quantity('amount_int', INT), note] },
  ],
  steps: [
    { verdict: 'additive', codes: ['ColumnAdded'] },
    { verdict: 'breaking', codes: ['ColumnRemoved'], afterDays: 8 },
  ],
  refusals: [{ of: ['1.1.0'], by: ['1.1.0', '2.0.0'], reason: 'out-of-range', when: isTooLarge }],
};

export const NARROWED_RANGE: ContractChange = {
  id: 'narrowed-range',
  versions: [
    { version: '1.0.0', columns: [sometimesTooLarge(quantity('amount'))] },
    { version: '2.0.0', columns: [quantity('amount', { logicalTypeOptions: { maximum: LARGEST_INT } })] },
  ],
  steps: [{ verdict: 'breaking', codes: ['RangeTightened'] }],
  refusals: [{ of: ['1.0.0'], by: ['2.0.0'], reason: 'out-of-range', when: isTooLarge }],
};

export const WIDENED_TYPE: ContractChange = {
  id: 'widened-type',
  versions: [
    { version: '1.0.0', columns: [quantity('amount', INT), note] },
    { version: '1.1.0', columns: [beyondDoubles(quantity('amount')), note] },
  ],
  steps: [{ verdict: 'additive', codes: ['TypeWidened'] }],
  refusals: [{ of: ['1.1.0'], by: ['1.0.0'], reason: 'out-of-range' }],
};

export const MADE_REQUIRED: ContractChange = {
  id: 'made-required',
  versions: [
    { version: '1.0.0', columns: [note, quantity('qty')] },
    {
      version: '2.0.0',
      columns: [
        { ...note, odcs: { ...note.odcs, required: true }, fact: (serial) => text(`note of ${serial}`) },
        quantity('qty'),
      ],
    },
  ],
  steps: [{ verdict: 'breaking', codes: ['ColumnMadeRequired'] }],
  refusals: [{ of: ['1.0.0'], by: ['2.0.0'], reason: 'missing-value', when: (serial) => !hasNote(serial) }],
};

const ofThirdState = (serial: number): boolean => serial % 3 === 2;

export const VALUE_ADDED: ContractChange = {
  id: 'value-added',
  versions: [
    { version: '1.0.0', columns: [state('open', 'shut')] },
    { version: '1.1.0', columns: [state('open', 'shut', 'ajar')] },
  ],
  steps: [{ verdict: 'additive', codes: ['ValidValuesExtended'] }],
  refusals: [{ of: ['1.1.0'], by: ['1.0.0'], reason: 'not-listed', when: ofThirdState }],
};

export const VALUE_REMOVED: ContractChange = {
  id: 'value-removed',
  versions: [
    { version: '1.0.0', columns: [state('open', 'shut', 'ajar')] },
    { version: '2.0.0', columns: [state('open', 'shut')] },
  ],
  steps: [{ verdict: 'breaking', codes: ['ValidValuesCut'] }],
  refusals: [{ of: ['1.0.0'], by: ['2.0.0'], reason: 'not-listed', when: ofThirdState }],
};

export const COLUMN_REMOVED: ContractChange = {
  id: 'column-removed',
  versions: [
    { version: '1.0.0', columns: [note, quantity('qty')] },
    { version: '2.0.0', columns: [note] },
  ],
  steps: [{ verdict: 'breaking', codes: ['ColumnRemoved'] }],
};
