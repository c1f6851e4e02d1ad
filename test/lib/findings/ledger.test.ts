import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { claimsOf, countsOf, decisionsOf, type Ledger } from '../../../core/findings/ledger.ts';
import { environmentOf } from '../../../core/naming.ts';
import { judgeLedger, judgeRules } from '../../../core/findings/judge-ledger.ts';
import { matchLedger, sayMismatch, sayStaleDecision, staleDecisions } from '../../../core/findings/match-ledger.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { ENVIRONMENTS } from '../../../lib/config/environments.ts';
import { judge } from '../../../lib/findings/judge.ts';
import { allRules } from '../../../lib/findings/packs.ts';
import { ownTemplates } from '../../support/platform.ts';

const FILE = 'ledger.yaml';
const environments = ENVIRONMENTS.map(({ name }) => name);
const findings = new Map(environments.map((name) => [name, judge(ownTemplates(name))]));
const ledger = readLedger(readFileSync(FILE, 'utf8'));

const ofEnvironment = (name: string): Ledger => ({ ...ledger, decisions: decisionsOf(ledger, name) });

test.each(environments)('the ledger says exactly what is found in %s', (name) => {
  const found = findings.get(name) ?? [];
  expect(sayMismatch(matchLedger(ofEnvironment(name), found))).toEqual([]);
  expect(found.length).toBeGreaterThan(20); // the packs have looked
});

test('no finding is one that a rule could not judge', () => {
  expect([...findings.values()].flat().filter(({ isUnjudged }) => isUnjudged)).toEqual([]);
});

test('no decision is left of which nothing is found', () => {
  expect(staleDecisions(ledger, [...findings.values()].flat()).map(sayStaleDecision)).toEqual([]);
});

test('every place belongs to an environment that there is', () => {
  const strange = claimsOf(ledger)
    .map(({ stack }) => stack)
    .filter((stack) => !environments.includes(environmentOf(stack) ?? ''));
  expect(strange).toEqual([]);
});

test('the ledger is honest: exact, reasoned, owned, dated, once', () => {
  expect(judgeLedger(ledger)).toEqual([]);
});

test('the ledger names rules that the packs have', () => {
  expect(judgeRules(ledger, allRules())).toEqual([]);
});

/**
 * Of the sample platform, in prod. The aim is at most 45 decisions, so that somebody can read them all, and no more places than the 58 of when
 * each was an entry of its own. Both may fall; to raise one, as a dataset or a domain more does, is a decision of whoever reviews the change.
 */
const MOST = { decisions: 36, places: 65 };

test.each(['decisions', 'places'] as const)('no more %s are in prod than were agreed', (what) => {
  expect(countsOf(ofEnvironment('prod'))[what]).toBeLessThanOrEqual(MOST[what]);
});

test('no construct acknowledges a finding: the ledger is the only place', () => {
  const sources = ['constructs', 'lib', 'bin'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file)),
  );
  expect(sources.length).toBeGreaterThan(20);
  const speaking = sources.filter((file) => /\.acknowledge\(|cdk_nag|NagSuppressions/.test(readFileSync(file, 'utf8')));
  expect(speaking).toEqual(['lib/findings/write-ledger.ts']); // writes the ledger into the templates, and nothing else
});
