import { PRICES } from '../../prices.ts';
import { billItem, type BillItem } from '../bill.ts';
import type { Scene } from '../scene.ts';

/** Lambda: invocations, and memory by the time it is held. */
export const functionItems = ({ functions }: Scene): BillItem[] =>
  functions.flatMap(({ resource, invocations, gbSeconds, arm }) => [
    billItem('functions', resource, 'invocations', invocations, PRICES.lambda.request),
    billItem('functions', resource, 'duration', gbSeconds, arm ? PRICES.lambda.gbSecond : PRICES.lambda.x86GbSecond),
  ]);
