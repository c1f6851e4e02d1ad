import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatasetContract } from '../core/contract/model.ts';
import type { DemoOptions, DemoSource } from '../core/demo/demo-source.ts';
import { GeneratedSource } from '../core/demo/generated-source.ts';

interface SampleModule {
  readonly createDemoSource: (options: DemoOptions) => DemoSource;
}

/** The project's own sample where it brings one (`sample/index.ts`), or events generated from its contracts. */
export async function demoSource(root: string, datasets: readonly DatasetContract[], options: DemoOptions): Promise<DemoSource> {
  const file = path.join(root, 'sample/index.ts');
  if (!existsSync(file)) return new GeneratedSource(datasets, options);
  const module = (await import(pathToFileURL(file).href)) as SampleModule;
  return module.createDemoSource(options);
}
