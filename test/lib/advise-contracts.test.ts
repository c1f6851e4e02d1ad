import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toReleased } from '../../core/contract/compatibility/released.ts';
import type { DataContract } from '../../core/contract/model.ts';
import { releasedFile } from '../../core/contract/read-file.ts';
import { adviseContracts } from '../../lib/advise-contracts.ts';
import { contract, schemaObject } from '../support/contracts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-advice-'));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const release = (released: DataContract): void => {
  const file = path.join(folder, releasedFile(released));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, toReleased(released));
};

const before = contract();
const migrated = contract({ version: '2.0.0', schema: [schemaObject('readings', [{ name: 'counter', logicalType: 'string' }])] });

test('a version that stored data does not fit is told, until it is released', () => {
  release(before);
  expect(adviseContracts(folder, [migrated])).toEqual([
    expect.stringMatching(
      /^energy\/readings 2\.0\.0: MigrationNeeded: 'readings\.counter' no longer fits what is stored since 1\.2\.3 \(TypeChanged\): .+; add a column /,
    ),
  ]);
  release(migrated);
  expect(adviseContracts(folder, [migrated])).toEqual([]);
});

test('what was never released, or fits what is stored, needs no word', () => {
  expect(adviseContracts(folder, [before])).toEqual([]);
  release(before);
  const added = schemaObject('readings', [{ name: 'colour', logicalType: 'string' }]);
  expect(adviseContracts(folder, [contract({ version: '1.3.0', schema: [added] })])).toEqual([]);
});
