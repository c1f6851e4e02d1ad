import type { Command } from 'commander';
import { DEFAULT_LEVELS, LEVELS } from '../../core/review/fail-on.ts';
import type { Out } from '../output.ts';
import { UNUSABLE } from '../review/exit-codes.ts';
import type { ReviewOptions } from '../review/run-review.ts';

/** `headwaters review`: what a change does to what is deployed, before it is merged. */
export function addReview(program: Command, out: Out, setExitCode: (code: number) => void): void {
  program
    .command('review')
    .summary('say what a change does to data, permissions, contracts and cost, before it is merged')
    .description(
      'Compares the templates, contracts and ledger of this project with those of a base, and prints Markdown: what is deleted, replaced, shortened or ' +
        'weakened, who gains which permission, which contracts break whom, the cost of a month before and after, and which findings are accepted anew. ' +
        'A commit is synthesized with the packages that are installed here. A danger that is meant passes by an entry in accepted-dangers.yaml, which the report ' +
        'prints: it holds for this change only.\n\n' +
        'The exit code is 1 when --fail-on holds something against the change, and 2 when the versions cannot be compared.',
    )
    .option('--base <commit or folder>', 'what it is compared with: a commit, a project, a cdk.out, or a folder of <stack>.json')
    .option('--head <folder>', 'what is reviewed (default: this project, synthesized as it is)')
    .option('--env <name>', 'one environment only (default: each)')
    .option(
      '--fail-on <levels>',
      `of ${LEVELS.join(', ')}, with commas between them; or any, or none, alone`,
      DEFAULT_LEVELS.join(','),
    )
    .option('--json', 'print one line of JSON and nothing else on stdout', false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : UNUSABLE))
    .action(async (options: ReviewOptions) => {
      const { runReview } = await import('../review/run-review.ts');
      await runReview(options, out, setExitCode);
    });
}
