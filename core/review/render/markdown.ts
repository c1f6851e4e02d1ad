import { counted } from '../../counted.ts';
import { countLevels } from '../count-levels.ts';
import { type Level } from '../fail-on.ts';
import type { Review } from '../review.ts';
import { renderAccepted, renderDrafts } from './acceptances.ts';
import { renderContracts } from './contracts.ts';
import { renderCost, renderTotals } from './cost.ts';
import { renderLedger } from './ledger.ts';
import { renderPermissions } from './permissions.ts';
import { renderDangers, renderOthers } from './resources.ts';
import { section } from './words.ts';

/** A review as a pull request shows it. @param levels What fails it */
export function renderMarkdown(review: Review, levels: readonly Level[]): string {
  const { before, after, environments, stacks, resources, permissions, contracts, cost, ledger, notes } = review;
  const body = [
    ...section('What is dangerous', renderDangers(review)),
    ...section('Permissions', renderPermissions(permissions)),
    ...section('Accepted dangers', renderAccepted(review)),
    ...section('Contracts', renderContracts(contracts ?? [])),
    ...section('Cost a month', renderCost(cost)),
    ...section('Accepted findings', ledger === undefined ? [] : renderLedger(ledger)),
    ...section('Other resources', renderOthers(stacks, resources)),
  ];
  return [
    `# Review of ${after} against ${before}`,
    '',
    verdict(review, levels),
    ...(environments.length === 0 ? [] : ['', `Compared: ${environments.join(', ')}.`]),
    ...renderTotals(cost).flatMap((line) => ['', line]),
    ...(body.length === 0 ? ['', 'Nothing differs.'] : body),
    ...section('To accept a danger', renderDrafts(review.acceptances.drafts)),
    ...section(
      'What this review did not see',
      notes.map((note) => `- ${note}`),
    ),
  ].join('\n');
}

const kindOf =
  (kind: string) =>
  (count: number): string =>
    `${count} ${kind}`;

const WORDS: Readonly<Record<Level, (count: number) => string>> = {
  deletion: kindOf('deletion'),
  replacement: kindOf('replacement'),
  shortening: kindOf('shortening'),
  weakening: kindOf('weakening'),
  unknown: kindOf('unknown'),
  breaking: (count) => counted(count, 'unannounced break of a contract', 'unannounced breaks of contracts'),
  permissions: (count) => counted(count, 'gain of permission', 'gains of permission'),
  cost: () => 'a higher bill',
  stale: (count) => counted(count, 'acceptance of nothing', 'acceptances of nothing'),
  findings: (count) => `${counted(count, 'finding')} newly accepted`,
};

function verdict(review: Review, levels: readonly Level[]): string {
  const counts = [...countLevels(review)];
  const words = (found: typeof counts) => found.map(([level, count]) => WORDS[level](count)).join(', ');
  const failing = counts.filter(([level]) => levels.includes(level));
  const passing = counts.filter(([level]) => !levels.includes(level));
  const also = passing.length === 0 ? '' : ` Not held against it: ${words(passing)}.`;
  return failing.length === 0 ? `**Passes.**${also}` : `**Fails**: ${words(failing)}.${also}`;
}
