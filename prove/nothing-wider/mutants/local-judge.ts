import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { examine } from '../../../cli/demo/examine.ts';
import { Platform } from '../../../cli/platform/platform.ts';
import { produce } from '../../../cli/demo/produce.ts';
import type { DatasetSummary } from '../../../cli/demo/summary.ts';
import type { Out } from '../../../cli/output.ts';
import { projectAt } from '../../../cli/project.ts';
import { demoSource } from '../../../cli/sample-source.ts';
import { readContracts } from '../../../core/contract/read-file.ts';
import { addPlatform } from '../../../lib/platform.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';
import { environmentWithoutAccount } from '../../../test/support/platform.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import type { MutantJudge } from './judges.ts';

/** Enough that each dataset takes some and refuses some. */
const OPTIONS = { rows: 40, seed: 1 } as const;
/** Longer than any buffer of the platform waits. */
const SETTLE_MS = 40 * 60_000;

const silent: Out = {
  line: () => undefined,
  step: () => Promise.resolve(),
  detail: () => undefined,
  done: () => undefined,
  failed: () => undefined,
};

/** The dearest: the templates run, and whatever they refuse, or lose of a few events for each dataset, is told. */
export class LocalJudge implements MutantJudge {
  readonly name = 'local';
  private readonly assembly = mkdtempSync(path.join(tmpdir(), 'headwaters-mutants-'));
  private readonly contracts = readContracts('contracts');

  /** @param environment Whose templates are judged */
  constructor(private readonly environment: string) {
    const app = new App({ ...APP_PROPS, builtinCloudFormationValidation: false, outdir: this.assembly });
    addPlatform(app, { environment: environmentWithoutAccount(this.environment), contracts: this.contracts, namedQueries: [] });
    app.synth();
  }

  async judge(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-mutant-'));
    try {
      const changed = [...after].filter(([name, text]) => before.get(name) !== text);
      const files = new Map(changed.map(([name, text]) => [`${name}.template.json`, text]));
      const project = projectAt(folder);
      mkdirSync(project.assembly, { recursive: true });
      for (const file of readdirSync(this.assembly)) {
        const text = files.get(file);
        if (text === undefined) symlinkSync(path.join(this.assembly, file), path.join(project.assembly, file));
        else writeFileSync(path.join(project.assembly, file), text);
      }
      return await this.run(folder);
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Lets go of what the judge has written. */
  close(): void {
    rmSync(this.assembly, { recursive: true, force: true });
  }

  private async run(folder: string): Promise<readonly string[]> {
    const project = projectAt(folder);
    const datasets = this.contracts.flatMap((contract) => contract.datasets);
    const { source } = await demoSource(process.cwd(), datasets, OPTIONS);
    const clock = new SimulatedClock(source.startsAt);
    const errors = new Set<string>();
    const onLog = ({ level, message }: { readonly level: string; readonly message: string }): void => {
      if (level === 'error') errors.add(message);
    };
    const runtime = await start({ assembly: project.assembly, state: project.lake, clock, onLog });
    try {
      const platform = new Platform(this.environment, runtime.outputs);
      const place = { endpoint: runtime.endpoint, region: runtime.region, operator: runtime.operator };
      const deployed = datasets.map((contract) => platform.dataset(contract));
      await produce({
        project,
        source,
        deployed,
        place,
        clock,
        seed: OPTIONS.seed,
        out: silent,
        refuseErrors: () => {
          refuse(errors);
        },
        quarantine: platform.bucket('quarantine'),
      });
      await clock.advance(SETTLE_MS);
      refuse(errors);
      if (runtime.undelivered() + runtime.lost() > 0) return ['records were not delivered'];
      const [counted] = await examine(platform, deployed, place, project, silent);
      refuse(errors);
      return counted.filter(isOff).map(({ name }) => `the account of ${name} does not add up`);
    } finally {
      await runtime.stop();
    }
  }
}

const isOff = ({ produced, accepted, quarantined }: DatasetSummary): boolean =>
  produced !== accepted + quarantined || accepted === 0;

function refuse(errors: ReadonlySet<string>): void {
  const [first] = errors;
  if (first !== undefined) throw new Error(first);
}
