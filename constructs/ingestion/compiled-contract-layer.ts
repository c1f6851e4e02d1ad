import { createHash } from 'node:crypto';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CompiledContract } from '../../core/record/compiled-contract.ts';
import { OneFile } from '../one-file.ts';
import { COMPILED_CONTRACT_FILE, COMPILED_CONTRACTS_FILE } from './names.ts';

/** What a function judges by: the one contract of a dataset's own, or those of many by the names of their deliveries. */
export type Compiled = { readonly one: CompiledContract } | { readonly byDelivery: Readonly<Record<string, CompiledContract>> };

export interface CompiledContractLayerProps {
  readonly compiled: Compiled;
  /** Of what, for people: `sales.orders 1.0.0`. */
  readonly what: string;
}

/** Compiled contracts as a layer: data beside code that all datasets share. A changed contract is a new version. */
export class CompiledContractLayer extends Construct {
  public readonly layer: lambda.LayerVersion;
  /** Stands for what the layer holds. */
  public readonly digest: string;

  constructor(scope: Construct, id: string, { compiled, what }: CompiledContractLayerProps) {
    super(scope, id);
    const [file, content] =
      'one' in compiled ? [COMPILED_CONTRACT_FILE, compiled.one] : [COMPILED_CONTRACTS_FILE, compiled.byDelivery];
    const text = JSON.stringify(content);
    const hash = createHash('sha256').update(text).digest('hex');
    this.digest = hash.slice(0, 12);
    this.layer = new lambda.LayerVersion(this, 'Layer', {
      code: new OneFile(file, text, hash),
      description: `Compiled contract ${what}`,
    });
  }
}
