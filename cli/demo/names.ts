import path from 'node:path';
import type { DatasetContract } from '../../core/contract/model.ts';
import { keyOf } from '../platform/names.ts';
import type { Project } from '../project.ts';

/** The log of a dataset's producer. */
export const logFile = (project: Project, contract: DatasetContract): string => path.join(project.demo, `${keyOf(contract)}.log`);

/** What was found in a dataset's quarantine. */
export const censusFile = (project: Project, contract: DatasetContract): string =>
  path.join(project.demo, `${keyOf(contract)}.quarantined`);

/** How a summary names a dataset: with its domain only where another has the same name. */
export const shownName = (contract: DatasetContract, all: readonly DatasetContract[]): string =>
  all.filter(({ name }) => name === contract.name).length === 1 ? contract.name : keyOf(contract);
