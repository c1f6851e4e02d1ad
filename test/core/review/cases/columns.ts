import type { RawColumn } from './platform-copy.ts';

export const isMasked = ({ protection }: RawColumn): boolean => protection === 'mask';
export const isPersonal = ({ tags }: RawColumn): boolean => tags.includes('personal');
export const isObject = ({ type }: RawColumn): boolean => type.kind === 'object';
export const isInternalText = ({ type, classification, protection }: RawColumn): boolean =>
  type.kind === 'string' && classification === 'internal' && protection === undefined;

/** A field that says of a person what fields may say. */
export const closeField = (name: string): RawColumn => ({
  name,
  type: { kind: 'string' },
  required: false,
  primaryKey: false,
  unique: false,
  examples: [],
  classification: 'confidential',
  tags: ['personal'],
});
