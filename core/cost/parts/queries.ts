import type { DatasetContract } from '../../contract/model.ts';
import { ASSUMED } from '../assumed.ts';
import { costItem, type CostItem } from '../item.ts';
import { scannedTb } from '../meters/athena.ts';
import { GB, PRICES } from '../prices.ts';
import type { Volume } from '../volume.ts';
import { cleanGb, cleanLife } from './storage.ts';

/** What Athena scans, and what S3 bills for having it read. */
export function queryItems(dataset: DatasetContract, volume: Volume): CostItem[] {
  const { retrieval, readRequest } = PRICES.s3;
  const monthly = cleanGb(volume);
  const life = cleanLife(dataset, volume).filter(({ readGb }) => readGb > 0);
  const scannedBytes = life.reduce((sum, { readGb }) => sum + readGb * monthly * GB, 0);
  return [
    costItem('queries', 'scanned', scannedTb(scannedBytes, ASSUMED.queriesAMonth), PRICES.athena.scanned),
    ...life.flatMap(({ storageClass, readGb, readRequests }) => [
      ...(storageClass === 'STANDARD'
        ? []
        : [costItem('queries', `retrieved from ${storageClass}`, monthly * readGb, retrieval[storageClass])]),
      costItem('queries', `requests to ${storageClass}`, monthly * readRequests, readRequest[storageClass]),
    ]),
  ];
}
