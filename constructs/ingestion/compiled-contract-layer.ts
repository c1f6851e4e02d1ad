import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { compileContract } from '../../core/record/compiled-contract.ts';
import { COMPILED_CONTRACT_FILE } from './names.ts';

/** A dataset's compiled contract as a layer: data beside code that all datasets share. A changed contract is a new version. */
export class CompiledContractLayer extends Construct {
  public readonly layer: lambda.LayerVersion;
  /** Stands for what the layer holds. */
  public readonly digest: string;

  constructor(scope: Construct, id: string, { dataset }: { readonly dataset: DatasetContract }) {
    super(scope, id);
    const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-contract-'));
    const compiled = JSON.stringify(compileContract(dataset));
    this.digest = createHash('sha256').update(compiled).digest('hex').slice(0, 12);
    writeFileSync(path.join(folder, COMPILED_CONTRACT_FILE), compiled);
    this.layer = new lambda.LayerVersion(this, 'Layer', {
      code: lambda.Code.fromAsset(folder),
      description: `Compiled contract ${dataset.domain}.${dataset.name} ${dataset.version}`,
    });
    rmSync(folder, { recursive: true }); // the asset has been copied into the assembly
  }
}
