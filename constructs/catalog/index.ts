export { DatasetTable, type DatasetTableProps } from './dataset-table.ts';
