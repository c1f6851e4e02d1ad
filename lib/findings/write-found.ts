import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { FOUND_FILE, type Found } from '../../core/findings/found.ts';
import { judge } from './judge.ts';

/** Judges the templates of a cloud assembly, and leaves in it what was found. */
export function writeFound({ directory, stacks }: CloudAssembly, datasets: readonly { readonly name: string }[]): void {
  const templates = new Map(
    stacks.map(({ stackName, templateFile }) => [stackName, readFileSync(path.join(directory, templateFile), 'utf8')]),
  );
  const found: Found = { datasets: datasets.map(({ name }) => name), findings: judge(templates) };
  writeFileSync(path.join(directory, FOUND_FILE), JSON.stringify(found));
}
