import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { CfnManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Fn, Stack, type App } from 'aws-cdk-lib/core';
import { readContracts } from '../../../core/contract/read-file.ts';
import { exportName } from '../../../core/naming.ts';
import { personalValuesStayClosed } from '../../../prove/nothing-leaked/personal-values-stay-closed.ts';
import type { Plot } from '../../../prove/nothing-leaked/plants/planted-files.ts';
import { proveIn, rawAndQuarantineAreClosed } from '../../../prove/nothing-leaked/raw-and-quarantine-are-closed.ts';
import { plantAndSearch, searchFindsPlanted } from '../../../prove/nothing-leaked/search-finds-planted.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

test.each([searchFindsPlanted, personalValuesStayClosed, rawAndQuarantineAreClosed].map((claim) => [claim.id, claim] as const))(
  '%s holds',
  async (_, claim) => {
    expect(await claim.prove('quick')).toMatch(/\d/);
  },
);

test('fails when a steward may read what another domain rejected', async () => {
  const open = (app: App): void => {
    const role = app.node.findAll().find((node) => Role.isRole(node) && node.node.path.includes('Steward'));
    if (!Role.isRole(role)) throw new Error('a domain must have a steward');
    const bucket = Fn.importValue(exportName('dev', 'QuarantineBucketName'));
    new CfnManagedPolicy(Stack.of(role), 'Lie', {
      roles: [role.roleName],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
          { Effect: 'Allow', Action: 'kms:Decrypt', Resource: Fn.importValue(exportName('dev', 'ClosedKeyArn')) },
        ],
      },
    });
  };
  await expect(proveIn('dev', readContracts('contracts'), open)).rejects.toThrow(
    /^GetObject by '.+\/steward' on quarantine\/.*: allowed$/m,
  );
});

test.each([
  [
    'kind of file',
    {
      sealed: {
        layer: 'rows',
        write: ({ folder }: Plot) => {
          writeFileSync(path.join(folder, 'x'), 'nothing');
        },
      },
    },
    {},
  ],
  ['way of writing', {}, { sealed: (text: string) => createHash('sha256').update(text).digest('hex') }],
])('fails when the search is blind to a %s', async (_, kinds, ways) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'planted-'));
  await expect(plantAndSearch(folder, { kind: 1, way: 2 }, kinds, ways)).rejects.toThrow(
    /^planted as sealed, \d texts are not found$/,
  );
  rmSync(folder, { recursive: true });
});
