export { QuarantineDelivery, type QuarantineDeliveryProps } from './quarantine-delivery.ts';
export { StreamIngestion, type StreamIngestionProps } from './stream-ingestion.ts';
export { DirectPutIngestion, type DirectPutIngestionProps } from './direct-put-ingestion.ts';
export { DirectPutShared, type DirectPutSharedProps } from './direct-put-shared.ts';
