import type { BillItem } from './bill.ts';
import { checkResources } from './check-resources.ts';
import { auditItems } from './parts/audit.ts';
import { deliveryItems } from './parts/delivery.ts';
import { foldPutItems, foldQueryItems, foldTransitionItems } from './parts/folds.ts';
import { functionItems } from './parts/functions.ts';
import { ingestItems } from './parts/ingest.ts';
import { keyItems } from './parts/keys.ts';
import { monitoringItems } from './parts/monitoring.ts';
import { networkItems } from './parts/network.ts';
import { queryItems } from './parts/queries.ts';
import { storageItems } from './parts/storage.ts';
import { workflowItems } from './parts/workflows.ts';
import type { When } from './moment.ts';
import { sceneOf } from './scene.ts';
import type { Platform } from './situation.ts';

/**
 * The bill of one month, line by line, at list prices.
 *
 * @throws PriceError when anything of the templates is not known: nothing is free because nobody knows it
 */
export function pricePlatform(platform: Platform, when: When): BillItem[] {
  const scene = sceneOf(platform, when);
  checkResources(scene);
  return [
    ...ingestItems(scene),
    ...deliveryItems(scene),
    ...functionItems(scene),
    ...storageItems(scene),
    ...foldPutItems(scene),
    ...queryItems(scene),
    ...foldQueryItems(scene),
    ...keyItems(scene),
    ...monitoringItems(scene),
    ...networkItems(scene),
    ...auditItems(scene),
    ...workflowItems(scene),
    ...foldTransitionItems(scene),
  ];
}
