import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readContracts } from '../../core/contract/read-file.ts';
import { checkNames } from '../../core/cost/template/check-names.ts';
import { estimatePlatform, type PlatformCost } from '../../core/cost/template/estimate-platform.ts';
import { readWorkload } from '../../core/cost/template/read-workload.ts';
import { PLAIN_WORKLOAD, type Workload } from '../../core/cost/template/workload.ts';
import { CommandError } from '../command-error.ts';
import { ALL } from './all-environments.ts';
import { platformsOf } from './platforms.ts';
import { renderCost } from './render-cost.ts';
import { prepareAssembly } from '../local/assembly.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround, type Project } from '../project.ts';
import { readAssembly } from '../review/read-templates.ts';

export interface CostOptions {
  readonly env: string;
  readonly workload?: string;
  readonly assembly?: string;
  readonly json: boolean;
}

/** Prices the templates of each environment. @throws {@link CommandError} `NoWorkload` */
export async function runCost({ env, workload, assembly, json }: CostOptions, out: Out): Promise<void> {
  const project = projectAround(process.cwd());
  const said = workload === undefined ? PLAIN_WORKLOAD : workloadOf(workload);
  const folder = assembly ?? (await synthesized(project, out));
  const contracts = readContracts(project.contracts).flatMap(({ datasets }) => datasets);
  const all = readAssembly(folder);
  checkNames([all], contracts, said);
  const costs = new Map<string, PlatformCost>(
    platformsOf(all, env === ALL ? undefined : env).map(([name, templates]) => [
      name,
      estimatePlatform({ templates, contracts, workload: said }),
    ]),
  );
  if (json) out.line(JSON.stringify(Object.fromEntries(costs)));
  else out.line(renderCost(costs, (await withOptionalPeers(() => import('../table.ts'))).table));
}

async function synthesized(project: Project, out: Out): Promise<string> {
  const folder = path.join(project.home, 'cost', 'cdk.out');
  await prepareAssembly(project, folder, ALL, out);
  return folder;
}

function workloadOf(file: string): Workload {
  if (!existsSync(file))
    throw new CommandError('NoWorkload', `'--workload' must name a file, got '${file}'; docs/cost.md says what stands in it`);
  return readWorkload(readFileSync(file, 'utf8'));
}
