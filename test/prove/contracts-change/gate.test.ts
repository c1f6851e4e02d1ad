import { COLUMN_REMOVED, NEW_OPTIONAL_COLUMN } from '../../../prove/contracts-change/changes/columns.ts';
import { judgeGate } from '../../../prove/contracts-change/gate.ts';

test('finds a change that is told otherwise than it is', () => {
  expect(judgeGate({ ...COLUMN_REMOVED, steps: [{ verdict: 'additive', codes: ['ColumnAdded'] }] })).toEqual([
    'column-removed 1.0.0 to 2.0.0: told as ColumnRemoved, must be ColumnAdded',
    'column-removed 1.0.0 to 2.0.0: judged breaking, must be additive',
  ]);
});

test('finds a version that passes and says too little', () => {
  expect(judgeGate({ ...NEW_OPTIONAL_COLUMN, steps: [{ verdict: 'breaking', codes: ['ColumnAdded'] }] })).toEqual([
    'new-optional-column 1.0.0 to 1.1.0: judged additive, must be breaking',
    'new-optional-column 1.0.0 to 1.1.0: passes as 1.1.0',
  ]);
});

test('finds a version that is refused', () => {
  const [before, after] = COLUMN_REMOVED.versions;
  expect(judgeGate({ ...COLUMN_REMOVED, versions: [before, { ...after, version: '1.1.0' }] })).toEqual([
    'column-removed 1.0.0 to 1.1.0: refused with VersionTooLow',
  ]);
});
