import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatasetContract } from '../core/contract/model.ts';
import type { DemoOptions, DemoSource } from '../core/demo/demo-source.ts';
import { GeneratedSource } from '../core/demo/generated-source.ts';
import { MergedSource } from '../core/demo/merged-source.ts';

interface SampleModule {
  readonly createDemoSource: (options: DemoOptions) => DemoSource;
  /** `<domain>.<dataset>` of what the sample brings events of. */
  readonly datasets: readonly string[];
}

const DAY_MS = 86_400_000;
/** Events that are made up for a dataset beside a sample, at most: the sample is what the demo shows. */
const MOST_BESIDE_SAMPLE = 10_000;

/** Where a demo's events come from, and what it cannot bring. */
export interface DemoEvents {
  readonly source: DemoSource;
  readonly leftOut: GeneratedSource['leftOut'];
  readonly fewer: GeneratedSource['fewer'];
}

/**
 * The project's own sample where it brings one (`sample/index.ts`), and for every other dataset events generated from its contract, from the
 * sample's first day on.
 */
export async function demoSource(root: string, datasets: readonly DatasetContract[], options: DemoOptions): Promise<DemoEvents> {
  const file = path.join(root, 'sample/index.ts');
  if (!existsSync(file)) return made(new GeneratedSource(datasets, options));
  const sample = (await import(pathToFileURL(file).href)) as SampleModule;
  const source = sample.createDemoSource(options);
  const others = datasets.filter(({ domain, name }) => !sample.datasets.includes(`${domain}.${name}`));
  if (others.length === 0) return { source, leftOut: [], fewer: [] };
  const midnight = Math.floor(source.startsAt / DAY_MS) * DAY_MS;
  const rows = Math.min(options.rows, MOST_BESIDE_SAMPLE);
  const generated = new GeneratedSource(others, { ...options, rows }, midnight);
  return made(generated, new MergedSource(source, generated));
}

const made = (generated: GeneratedSource, source: DemoSource = generated): DemoEvents => ({
  source,
  leftOut: generated.leftOut,
  fewer: generated.fewer,
});
