import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { readContracts } from '../../core/contract/read-file.ts';
import { checkNames } from '../../core/cost/template/check-names.ts';
import { estimatePlatform, type PlatformCost } from '../../core/cost/template/estimate-platform.ts';
import { readWorkload } from '../../core/cost/template/read-workload.ts';
import { PLAIN_WORKLOAD, type Workload } from '../../core/cost/template/workload.ts';
import { CommandError } from '../command-error.ts';
import { platformsOf } from '../cost/platforms.ts';
import { renderCost } from '../cost/render-cost.ts';
import { prepareAssembly } from '../local/assembly.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround, type Project } from '../project.ts';
import { readAssembly } from '../review/read-templates.ts';

interface CostOptions {
  readonly env: string;
  readonly workload?: string;
  readonly assembly?: string;
  readonly json: boolean;
}

/** What `-c env` takes for every environment of a project. */
const ALL = 'all';

/** `headwaters cost`: what the templates cost a month, and what would be cheaper. */
export function addCost(program: Command, out: Out): void {
  program
    .command('cost')
    .summary('say what the templates cost a month, in the first year and once retentions are filled, and what would be cheaper')
    .description(
      'Prices the synthesized templates of each environment with the dated list prices of us-east-1. What no template holds, such as events a day, comes ' +
        'from the contracts, from --workload, and from assumptions, which are printed. A resource that nobody here can price is an error, and never free. ' +
        'docs/cost.md says what is priced, and how a workload is written.',
    )
    .option('--env <name>', 'one environment, or all', ALL)
    .option('--workload <file>', 'YAML: events, packing, queries and all else that no template holds')
    .option('--assembly <folder>', 'a cdk.out to price (default: this project, synthesized as it is)')
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .action(async ({ env, workload, assembly, json }: CostOptions) => {
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
    });
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
