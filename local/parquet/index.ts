export { ParquetConverter, type Conversion, type ConversionInput } from './convert.ts';
export { openDuckdb } from './engine.ts';
