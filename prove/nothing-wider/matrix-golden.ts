import { ClaimFails, type Claim } from '../claim.ts';
import { differences } from './matrix/compare.ts';
import { readCommitted } from './matrix/golden-files.ts';
import { ENVIRONMENT_NAMES } from './matrix/read-platform.ts';
import { broken } from './matrix/rules.ts';
import { checkWidenings } from './matrix/widenings.ts';
import { workOut } from './matrix/work-out.ts';

const REMEDY = 'review them, and renew by RENEW_GOLDEN=1 npm test -- test/prove/nothing-wider/matrix-golden.test.ts';

export const matrixGolden: Claim = {
  id: 'matrix-golden',
  says: 'What each actor may do, of every catalogued action on own, neighbour, foreign and strangers’ resources, is a reviewed list, and whatever widened it has a reason.',
  prove: async (scale) => {
    const { goldens, widenings } = await readCommitted();
    const findings = [...checkWidenings(widenings, goldens)];
    const left = [...goldens.keys()].filter((name) => !ENVIRONMENT_NAMES.includes(name));
    findings.push(...left.map((name) => `${name}: the list is of no environment; delete it`));
    const counts = { questions: 0, requests: 0, rows: 0 };
    const names = scale === 'quick' ? ENVIRONMENT_NAMES.slice(0, 1) : ENVIRONMENT_NAMES;
    for (const name of names) {
      const { rows, environment, unwitnessed, judge } = await workOut(name);
      const changed = differences(rows, goldens.get(name) ?? []);
      findings.push(
        ...changed.map((line) => `${name}: ${line}`),
        ...broken(rows, environment).map((line) => `${name}: ${line}`),
        ...unwitnessed.map((line) => `${name}: nothing in the universe answers to ${line}`),
        ...(changed.length > 0 ? [`${name}: ${changed.length} rows are not as reviewed; ${REMEDY}`] : []),
      );
      counts.questions += judge.tally.questions;
      counts.requests += judge.tally.requests;
      counts.rows += rows.length;
    }
    if (findings.length > 0) throw new ClaimFails(findings);
    if (counts.rows === 0) throw new ClaimFails(['nobody may do anything: nothing was proved']);
    return `${names.join(', ')}: ${amount(counts.questions)} questions, ${amount(counts.requests)} requests evaluated where an Allow speaks, ${amount(counts.rows)} rows as reviewed`;
  },
};

const amount = (value: number): string => value.toLocaleString('en-US');
