import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UNKNOWN_ACCOUNT, UNKNOWN_REGION, type CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { JudgedStack } from './judged-stack.ts';

/** The stacks of a cloud assembly as they will be deployed. */
export function readStacks(assembly: CloudAssembly): JudgedStack[] {
  const sizes = new Map<string, number>();
  const assetBytes = (key: string): number => {
    const known = sizes.get(key) ?? unpackedBytes(path.join(assembly.directory, `asset.${key.replace(/\.zip$/, '')}`));
    sizes.set(key, known);
    return known;
  };
  return assembly.stacks.map(({ stackName, environment, templateFullPath }) => {
    const text = readFileSync(templateFullPath, 'utf8');
    return {
      name: stackName,
      account: environment.account === UNKNOWN_ACCOUNT ? 'of the credentials' : environment.account,
      region: environment.region === UNKNOWN_REGION ? 'their region' : environment.region,
      bytes: Buffer.byteLength(text),
      template: JSON.parse(text) as JudgedStack['template'],
      assetBytes,
    };
  });
}

/** Bytes of a folder's files; 0 where there is none, as for an asset that is packed already or made at deployment. */
function unpackedBytes(folder: string): number {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
