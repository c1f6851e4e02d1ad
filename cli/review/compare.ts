import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { environmentOf } from '../../core/naming.ts';
import { review, type Review } from '../../core/review/review.ts';
import { hasMaskedAsset, type Templates } from '../../core/aws/template.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { withScratch } from '../scratch.ts';
import { findBase, findHead, readVersion, type FoundVersion } from './read-version.ts';

export interface Asked {
  /** A commit, or a folder. */
  readonly base: string;
  /** A folder. @default - the project is synthesized as it lies there */
  readonly head?: string;
  /** One environment. @default - each */
  readonly env?: string;
}

/** Reads both versions and compares them. */
export const compare = (project: Project, { base, head, env }: Asked, out: Out): Promise<Review> =>
  withScratch(project, 'review', async (scratch) => {
    const reading = { project, scratch, out };
    const [old, now] = [findBase(reading, base), findHead(reading, head)];
    const before = await readVersion(reading, old, now);
    const after = await readVersion(reading, now, old);
    await out.step('Comparing');
    const own = before.root === after.root ? withoutProject(before) : before;
    const shared = env === undefined ? sharedEnvironments(own, after) : [checked(env, own, after)];
    const found = review(
      { ...own, templates: within(own.templates, shared) },
      { ...after, templates: within(after.templates, shared) },
      notesOf(own, after, shared),
    );
    out.done();
    return found;
  });

/** Templates of an earlier version that lie in the project which is reviewed: its contracts, ledger and acceptances are not theirs. */
const withoutProject = ({ name, isWhole, templates }: FoundVersion): FoundVersion => ({ name, isWhole, templates });

const environmentsOf = (templates: Templates): readonly string[] =>
  [...new Set([...templates.keys()].map(environmentOf).filter((name) => name !== undefined))].sort();

/** What is compared where a version may be of some environments only: those of both. Undefined where each is whole. */
function sharedEnvironments(before: FoundVersion, after: FoundVersion): readonly string[] | undefined {
  const partial = [before, after].filter(({ isWhole }) => !isWhole).map(({ templates }) => environmentsOf(templates));
  return partial.length === 0
    ? undefined
    : environmentsOf(new Map([...before.templates, ...after.templates])).filter((name) =>
        partial.every((names) => names.includes(name)),
      );
}

/** @throws {@link CommandError} `UnknownEnvironment`, `EnvironmentMissing` */
function checked(env: string, before: FoundVersion, after: FoundVersion): string {
  const known = environmentsOf(new Map([...before.templates, ...after.templates]));
  const lacking = [before, after].find(({ isWhole, templates }) => !isWhole && !environmentsOf(templates).includes(env));
  if (known.includes(env) && lacking !== undefined)
    throw new CommandError(
      'EnvironmentMissing',
      `'--env' must be an environment that both versions hold, got '${env}', of which '${lacking.name}' holds nothing; synthesize it with '-c env=all', or ask for another`,
    );
  if (known.includes(env)) return env;
  throw new CommandError(
    'UnknownEnvironment',
    `'--env' must be an environment of one of the versions, got '${env}'${didYouMean(env, known) || (known.length === 0 ? '; leave it out' : `; ${nameOneOf(known)}`)}`,
  );
}

const within = (templates: Templates, environments: readonly string[] | undefined): Templates =>
  environments === undefined
    ? templates
    : new Map([...templates].filter(([stack]) => isWithin(environmentOf(stack), environments)));

/** A stack that is of no environment is of all. */
const isWithin = (environment: string | undefined, environments: readonly string[]): boolean =>
  environment === undefined || environments.includes(environment);

/** What the comparison could not see. */
function notesOf(before: FoundVersion, after: FoundVersion, shared: readonly string[] | undefined): readonly string[] {
  const both = [before, after];
  const all = environmentsOf(new Map([...before.templates, ...after.templates]));
  const leftOut = all.filter((name) => shared?.includes(name) === false);
  const isMasked = both.some(({ templates }) =>
    [...templates.values()].some(({ resources }) =>
      [...resources.values()].some(({ properties }) => hasMaskedAsset(JSON.stringify(properties))),
    ),
  );
  const isUntold = both.some(({ templates }) =>
    [...templates.values()].some(({ terminationProtection }) => terminationProtection === undefined),
  );
  const lacking = (what: string, isThere: (version: FoundVersion) => boolean, left: string) =>
    both.filter((version) => !isThere(version)).map(({ name }) => `${name} holds no ${what}: ${left}`);
  return [
    ...(leftOut.length === 0
      ? []
      : [`${leftOut.join(', ')}: left out: one of the versions has nothing of it, or '--env' asks for another`]),
    ...(isMasked ? ['the hashes of code are masked in one version: whether code changed'] : []),
    ...(isUntold
      ? [
          'templates alone do not say whether their stacks are protected from termination, nor to which account and region they go',
        ]
      : []),
    ...lacking(
      'contracts',
      ({ contracts }) => contracts !== undefined,
      'contracts were not compared, and the cost is that of no events',
    ),
    ...lacking('ledger', ({ ledger }) => ledger !== undefined, 'accepted findings were not compared'),
    ...(hasOtherPackages(before, after)
      ? [
          'the versions have other package-lock.json files, and both were synthesized with the packages installed here: what another version of a package makes of the templates',
        ]
      : []),
    'findings are compared by what the ledgers accept, which npm test holds equal to what is found',
  ];
}

function hasOtherPackages({ root: one }: FoundVersion, { root: other }: FoundVersion): boolean {
  if (one === undefined || other === undefined) return false;
  const [before, after] = [one, other].map((root) => path.join(root, 'package-lock.json'));
  if (before === undefined || after === undefined || !existsSync(before) || !existsSync(after)) return false;
  return readFileSync(before, 'utf8') !== readFileSync(after, 'utf8');
}
