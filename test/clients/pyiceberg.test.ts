import { vi } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../local/clock.ts';
import { start } from '../../local/start.ts';
import { WallPace } from '../../local/wall-pace.ts';
import { writeAssembly } from '../local/assembly/fixture.ts';
import { answers, runClient, testWith } from './run-client.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const Lake = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'lake' } };

testWith(
  answers('python3', '-c', 'import boto3, pyarrow, pyiceberg'),
  'python3 with pyiceberg, pyarrow and boto3',
  'PyIceberg and Athena write the same tables, and read what the other wrote',
  async () => {
    const clock = new SimulatedClock(Date.now());
    const pace = new WallPace(clock, { onFault: () => undefined });
    const assembly = writeAssembly({ Lake: { template: { Resources: { Lake } } } });
    const runtime = await start({ assembly, state: mkdtempSync(path.join(tmpdir(), 'state-')), clock });
    try {
      const script = path.join(import.meta.dirname, 'pyiceberg-calls.py');
      expect(JSON.parse(await runClient(runtime, 'python3', [script]))).toEqual({
        'athena reads': [['3', '0.03']],
        'athena reads what is renamed, promoted and new': [
          ['0', 'n0', null],
          ['1', 'n1', null],
          ['2', 'n2', null],
        ],
        'pyiceberg reads what athena changed': [
          [0, 'x', 5],
          [2, 'merged', null],
          [9, 'new', null],
        ],
        'athena reads what pyiceberg changed after that': [
          ['0', 'x'],
          ['9', 'over'],
          ['20', 'p'],
        ],
        'a table of other than the last state is not overwritten': 'CommitFailedException',
        'snapshot ids beyond 2^53': true,
        'rows of each snapshot': [2, 0, 5, 4, 3],
        'many appends': [['20', '190']],
        'partitions that differ': [],
        'rows of the partitions': [24, 24],
        'rows that pyiceberg finds by their partitions': [4, 4, 4],
        "letters of partitions' names": [['1'], ['2']],
        'glue makes a table, both write it': [[1], [2]],
        'glue adds a column': [
          [1, null],
          [2, null],
          [3, 'new'],
        ],
      });
    } finally {
      await runtime.stop();
      await pace.stop();
    }
  },
);
