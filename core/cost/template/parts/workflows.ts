import * as z from 'zod';
import { PRICES } from '../../prices.ts';
import { billItem, type BillItem } from '../bill.ts';
import { readProperties } from '../resource-set.ts';
import type { Scene } from '../scene.ts';

const shape = z.looseObject({ StateMachineType: z.literal('STANDARD').optional() });

/** Step Functions: transitions between states, as often as the workload runs them. */
export const workflowItems = ({ resources, workload }: Scene): BillItem[] =>
  resources.ofType('AWS::StepFunctions::StateMachine').map((one) => {
    readProperties(one, shape);
    const { runsPerMonth, transitionsPerRun } = workload.workflows[one.id] ?? { runsPerMonth: 0, transitionsPerRun: 0 };
    return billItem('workflows', one, 'transitions', runsPerMonth * transitionsPerRun, PRICES.states.transition);
  });
