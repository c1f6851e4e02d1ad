import type { RawColumn } from './platform-copy.ts';

export const isMasked = ({ protection }: RawColumn): boolean => protection === 'mask';
export const isPersonal = ({ tags }: RawColumn): boolean => tags.includes('personal');
