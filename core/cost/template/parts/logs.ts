import * as z from 'zod';
import { ASSUMED } from '../../assumed.ts';
import { GB, PRICES } from '../../prices.ts';
import { billItem, type BillItem } from '../bill.ts';
import { gbMonths } from '../moment.ts';
import { readProperties, type Declared } from '../resource-set.ts';
import type { Scene } from '../scene.ts';

const functionShape = z.looseObject({ LoggingConfig: z.looseObject({ LogGroup: z.unknown().optional() }).optional() });
const groupShape = z.looseObject({
  RetentionInDays: z.number().default(Infinity),
  LogGroupClass: z.literal('STANDARD').optional(),
});

/** Logs of functions and of networks: what comes in, and what is kept as long as the group says. */
export const logItems = ({ functions, resources, workload, month, when }: Scene): BillItem[] => {
  const logged = (source: Declared, group: Declared | undefined, gb: number): BillItem[] => {
    if (gb === 0) return [];
    const keptDays = group === undefined ? Infinity : readProperties(group, groupShape).RetentionInDays;
    const gbADay = (gb * ASSUMED.logsKeptShare) / month.days;
    return [
      billItem('monitoring', source, 'logs', gb, PRICES.cloudWatch.logsIn),
      billItem(
        'monitoring',
        group ?? source,
        'logs kept',
        gbADay * gbMonths(when, month, 0, keptDays),
        PRICES.cloudWatch.logsKept,
      ),
    ];
  };
  return [
    ...functions.flatMap(({ resource, invocations }) => {
      const group = readProperties(resource, functionShape).LoggingConfig?.LogGroup;
      const found = group === undefined ? undefined : resources.require(resource, 'LogGroup', group);
      return logged(resource, found, (invocations * workload.logBytesPerInvocation) / GB);
    }),
    ...resources
      .ofType('AWS::EC2::FlowLog')
      .flatMap((one) => logged(one, resources.find(one.stack, one.properties.LogGroupName), workload.flowLogGbPerMonth)),
  ];
};
