export { CuratedTable, type CuratedTableProps } from './curated-table.ts';
export { Curation, type CurationProps } from './curation.ts';
