import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { InvalidProps } from './invalid-props.ts';

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
