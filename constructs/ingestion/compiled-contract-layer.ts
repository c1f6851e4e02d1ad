import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { DatasetContract } from '../../core/contract/model.ts';
import { compileContract } from '../../core/record/compiled-contract.ts';
import { InvalidProps } from '../invalid-props.ts';
import { COMPILED_CONTRACT_FILE } from './names.ts';

/** A dataset's compiled contract as a layer: data beside code that all datasets share. A changed contract is a new version. */
export class CompiledContractLayer extends Construct {
  public readonly layer: lambda.LayerVersion;
  /** Stands for what the layer holds. */
  public readonly digest: string;

  constructor(scope: Construct, id: string, { dataset }: { readonly dataset: DatasetContract }) {
    super(scope, id);
    const compiled = JSON.stringify(compileContract(dataset));
    const hash = createHash('sha256').update(compiled).digest('hex');
    this.digest = hash.slice(0, 12);
    this.layer = new lambda.LayerVersion(this, 'Layer', {
      code: new OneFile(COMPILED_CONTRACT_FILE, compiled, hash),
      description: `Compiled contract ${dataset.domain}.${dataset.name} ${dataset.version}`,
    });
  }
}

/** Written once, into the assembly itself: an asset of a folder is written elsewhere, copied, hashed file by file and removed. */
export class OneFile extends lambda.Code {
  public readonly isInline = false;

  constructor(
    private readonly name: string,
    private readonly text: string,
    private readonly hash: string,
  ) {
    super();
  }

  public override bind(scope: Construct): lambda.CodeConfig {
    const stage = Stage.of(scope);
    if (stage === undefined)
      throw new InvalidProps('NoStage', scope, 'the construct must stand in an App, which has a place for assets; add one');
    const folder = path.join(stage.assetOutdir, `asset.${this.hash}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, this.name), this.text);
    const { bucketName, objectKey } = Stack.of(scope).synthesizer.addFileAsset({
      fileName: path.relative(stage.outdir, folder),
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash: this.hash,
    });
    return { s3Location: { bucketName, objectKey } };
  }
}
