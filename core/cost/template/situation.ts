import type { DatasetContract } from '../../contract/model.ts';
import type { Templates } from '../../aws/template.ts';
import { monthOf, type Month, type When } from './moment.ts';
import { ResourceSet } from './resource-set.ts';
import type { Workload } from './workload.ts';

/** What decides a bill, beside the month that is asked for. */
export interface Platform {
  /** The stacks of one environment. */
  readonly templates: Templates;
  readonly contracts: readonly DatasetContract[];
  readonly workload: Workload;
}

/** A platform as it stands in one month. */
export interface Situation extends Omit<Platform, 'templates'> {
  readonly resources: ResourceSet;
  readonly month: Month;
  readonly when: When;
}

export const situationOf = ({ templates, contracts, workload }: Platform, when: When): Situation => ({
  contracts,
  workload,
  resources: new ResourceSet(templates),
  month: monthOf(workload.hoursPerMonth),
  when,
});
