import type { ContractChange, ProofColumn, Step } from '../change.ts';
import { note, text } from './columns-of.ts';

type Protection = ProofColumn['protection'];

/** Each is of several events: what stands for it must be the same in all. */
const contact = (name: string, protection?: Protection): ProofColumn => ({
  name,
  meaning: 'contact',
  odcs: { logicalType: 'string' },
  ...(protection === undefined ? {} : { protection }),
  fact: (serial) => text(`person${serial % 5}@mail.example`),
});

/** Where it stands: what was stored before stays as it was, and the verdict says so. */
const inPlace = (id: string, [before, after]: readonly [Protection, Protection], ...codes: Step['codes']): ContractChange => ({
  id: `protection-${id}`,
  versions: [
    { version: '1.0.0', columns: [contact('contact', before), note] },
    { version: '2.0.0', columns: [contact('contact', after), note] },
  ],
  steps: [{ verdict: 'breaking', codes }],
});

export const PROTECTION_IN_PLACE: readonly ContractChange[] = [
  inPlace('added', [undefined, 'hash'], 'ClassificationRaised', 'ProtectionStrengthened'),
  inPlace('made-a-drop', ['mask', 'drop'], 'ProtectionStrengthened'),
  inPlace('made-a-token', ['mask', 'tokenize'], 'ProtectionChanged'),
  inPlace('made-a-mask', ['hash', 'mask'], 'ProtectionChanged'), // the function of the new version needs no secret, that of the old one does
  inPlace('taken-away', ['tokenize', undefined], 'ClassificationLowered', 'ProtectionWeakened'),
];

/** Without clear values left in the view: a protected column beside, and the clear one removed. */
export const CHANGED_PROTECTION: ContractChange = {
  id: 'changed-protection',
  versions: [
    { version: '1.0.0', columns: [contact('contact'), note] },
    { version: '1.1.0', columns: [contact('contact'), contact('contact_token', 'tokenize'), note] },
    { version: '2.0.0', columns: [contact('contact_token', 'tokenize'), note] },
  ],
  steps: [
    { verdict: 'additive', codes: ['ColumnAdded'] },
    { verdict: 'breaking', codes: ['ColumnRemoved'], afterDays: 8 },
  ],
};
