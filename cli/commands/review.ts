import type { Command } from 'commander';
import { countLevels, DEFAULT_LEVELS, LEVELS, parseLevels } from '../../core/review/fail-on.ts';
import { renderMarkdown } from '../../core/review/render/markdown.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';
import { compare } from '../review/compare.ts';

interface ReviewOptions {
  readonly base?: string;
  readonly head?: string;
  readonly env?: string;
  readonly failOn: string;
  readonly json: boolean;
}

/** Exit codes: what was found must not be merged unseen, or nothing could be compared. */
const FAILS = 1;
const UNUSABLE = 2;

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
    .action(async ({ base, failOn, json, ...asked }: ReviewOptions) => {
      try {
        if (base === undefined)
          throw new CommandError(
            'BaseMissing',
            "'--base' must be given; name what the change goes into, such as '--base origin/main'",
          );
        const levels = parseLevels(failOn);
        const review = await compare(projectAround(process.cwd()), { ...asked, base }, out);
        const counts = countLevels(review);
        const fails = [...counts.keys()].filter((level) => levels.includes(level));
        out.line(
          json ? JSON.stringify({ fails, counts: Object.fromEntries(counts), ...review }) : renderMarkdown(review, levels),
        );
        if (fails.length > 0) setExitCode(FAILS);
      } catch (error) {
        if (!(error instanceof Error) || !isMendable(error)) throw error;
        out.failed();
        process.stderr.write(`${error.message}\n`);
        setExitCode(UNUSABLE);
      }
    });
}

/** A fault with a code of ours is somebody's to mend; anything else is ours, and brings its stack. */
const isMendable = (error: Error): boolean =>
  error.name === 'ContractError' || ('code' in error && typeof error.code === 'string' && error.message.includes(error.code));
