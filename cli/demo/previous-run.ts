import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { refuseUnusable, removeState, savedTime, StateError } from '../../local/start.ts';
import { CommandError } from '../command-error.ts';
import type { Project } from '../project.ts';

/** What a run depends on: two runs of the same are the same run. */
const runRecord = z.strictObject({
  rows: z.number(),
  seed: z.number(),
  assembly: z.string(),
  /** Datasets that no events were made up for: examples alone, which no template holds, may change that. */
  leftOut: z.array(z.string()).default([]),
});
export type RunRecord = z.infer<typeof runRecord>;

const fileOf = ({ demo }: Project): string => path.join(demo, 'run.json');

/** Deletes what the demo has left; what `headwaters local` keeps stays. @throws {@link StateError} `StateInUse` while another process runs on its lake */
export function beginAnew({ lake, demo, assembly }: Project): void {
  removeState(lake);
  for (const folder of [demo, assembly]) rmSync(folder, { recursive: true, force: true });
}

/**
 * The run that the lake holds, if any.
 *
 * @throws {@link CommandError} `OtherRun` where it is one of other options, `StateUnfinished` where it was killed
 * @throws {@link StateError} `StateInUse` while another process runs on the lake
 */
export function findRun(project: Project, { rows, seed, leftOut }: Omit<RunRecord, 'assembly'>): RunRecord | undefined {
  try {
    refuseUnusable(project.lake);
  } catch (error) {
    if (error instanceof StateError && error.code === 'StateUnfinished')
      throw new CommandError(error.code, 'the last run was killed before it could save its lake; run with --fresh to begin anew');
    throw error;
  }
  if (savedTime(project.lake) === undefined) return undefined;
  const file = fileOf(project);
  const held = existsSync(file) ? runRecord.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (held === undefined) throw otherRun('a run that did not end');
  if (held.rows !== rows || held.seed !== seed)
    throw otherRun(`a run of --rows ${held.rows} --seed ${held.seed}, and this is --rows ${rows} --seed ${seed}`);
  if (held.leftOut.join() !== leftOut.join()) throw otherRun('a run of other datasets');
  return held;
}

/** @throws {@link CommandError} `OtherRun` where the lake was left by other templates than these */
export function refuseOtherTemplates(held: RunRecord | undefined, assembly: string): void {
  if (held !== undefined && held.assembly !== assembly) throw otherRun('a run of other templates than the contracts make today');
}

export function recordRun(project: Project, run: RunRecord): void {
  mkdirSync(project.demo, { recursive: true });
  writeFileSync(fileOf(project), JSON.stringify(run));
}

/** What the templates are: a lake of others cannot be taken for theirs. */
export function assemblyDigest({ assembly }: Project): string {
  const digest = createHash('sha256');
  for (const name of readdirSync(assembly).sort())
    if (name.endsWith('.template.json')) digest.update(name).update(readFileSync(path.join(assembly, name)));
  return digest.digest('hex');
}

const otherRun = (what: string): CommandError =>
  new CommandError('OtherRun', `the lake holds ${what}; run with --fresh to begin anew`);
