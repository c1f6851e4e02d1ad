import { mkdtempSync, writeFileSync } from 'node:fs';
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

  constructor(scope: Construct, id: string, { dataset }: { readonly dataset: DatasetContract }) {
    super(scope, id);
    const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-contract-'));
    writeFileSync(path.join(folder, COMPILED_CONTRACT_FILE), JSON.stringify(compileContract(dataset)));
    this.layer = new lambda.LayerVersion(this, 'Layer', {
      code: lambda.Code.fromAsset(folder),
      description: `Compiled contract ${dataset.domain}.${dataset.name} ${dataset.version}`,
    });
  }
}
