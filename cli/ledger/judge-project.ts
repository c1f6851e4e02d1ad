import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ASK_FINDINGS, FOUND_FILE, foundShape, type Found } from '../../core/findings/found.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { withScratch } from '../scratch.ts';
import { synthesize } from '../synthesize.ts';

const CONTEXT = { env: 'all', slots: 'unrecorded', [ASK_FINDINGS.key]: ASK_FINDINGS.value };

/**
 * Has the project's own app synthesize every environment and judge what it made. No environment goes to an account, no slot is recorded.
 *
 * @throws {@link CommandError} `NoApp`, `SynthesisFailed`, `NoFindings`
 */
export const judgeProject = (project: Project, out: Out): Promise<Found> =>
  withScratch(project, 'ledger', async (scratch) => {
    await out.step('Synthesizing and judging every environment');
    const assembly = path.join(scratch, 'cdk.out');
    await synthesize({ ...project, assembly }, { context: CONTEXT });
    out.done();
    const file = path.join(assembly, FOUND_FILE);
    if (!existsSync(file))
      throw new CommandError(
        'NoFindings',
        `the app of cdk.json must leave '${FOUND_FILE}' in its assembly for '-c ${ASK_FINDINGS.key}=${ASK_FINDINGS.value}', got none; do in it as bin/headwaters.ts does`,
      );
    return foundShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  });
