import { PRICES } from '../../prices.ts';
import { billItem, type BillItem } from '../bill.ts';
import type { Scene } from '../scene.ts';
import { dataEventsOf } from '../trails.ts';

/** CloudTrail: each request for an object that a trail records. Its records are storage's. */
export const auditItems = (scene: Scene): BillItem[] =>
  dataEventsOf(
    scene,
    scene.kept.filter(({ billedPuts }) => billedPuts),
  ).map(({ trail, events }) => billItem('audit', trail, 'requests recorded', events, PRICES.cloudTrail.dataEvent));
