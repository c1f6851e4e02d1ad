/** What makes a template's cost unknowable, so that none is told. */
export type PriceErrorCode =
  'UnknownType' | 'UnpricedProperty' | 'UnreadableProperty' | 'UnknownTarget' | 'UnknownName' | 'InvalidWorkload';

/** A template or a workload that cannot be priced; each fault names what is meant, what was got and the remedy. */
export class PriceError extends Error {
  override readonly name = 'PriceError';

  constructor(
    readonly code: PriceErrorCode,
    faults: readonly string[],
  ) {
    super(faults.map((fault) => `${code}: ${fault}`).join('\n'));
  }
}
