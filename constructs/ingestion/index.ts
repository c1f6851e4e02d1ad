export { QuarantineDelivery, type QuarantineDeliveryProps } from './quarantine-delivery.ts';
export { StreamIngestion, type StreamIngestionProps } from './stream-ingestion.ts';
