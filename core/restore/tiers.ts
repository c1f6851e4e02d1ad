import { GB, PRICES, usd, type Price } from '../cost/prices.ts';
import { DAYS_A_MONTH } from '../storage/reads.ts';
import { RESTORE_HOURS } from '../storage/s3-rules.ts';

/** Storage classes whose objects are read only after a restore. */
export const ARCHIVE_CLASSES = ['GLACIER', 'DEEP_ARCHIVE'] as const;
export type ArchiveClass = (typeof ARCHIVE_CLASSES)[number];

/** How soon a restore is done, and so what it costs. Expedited is left out: Deep Archive has none, and 100,000 requests would cost 1,000 USD. */
export const RETRIEVAL_TIERS = ['Bulk', 'Standard'] as const;
export type RetrievalTier = (typeof RETRIEVAL_TIERS)[number];

interface Retrieval {
  /** Hours until an object is back, as AWS says it typically takes. */
  readonly hours: number;
  readonly request: Price;
  readonly retrieved: Price;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html */
const RETRIEVALS: Readonly<Record<ArchiveClass, Readonly<Record<RetrievalTier, Retrieval>>>> = {
  GLACIER: {
    Bulk: { hours: 12, ...PRICES.s3.bulkRestore.GLACIER },
    Standard: standard('GLACIER'),
  },
  DEEP_ARCHIVE: {
    Bulk: { hours: 48, ...PRICES.s3.bulkRestore.DEEP_ARCHIVE },
    Standard: standard('DEEP_ARCHIVE'),
  },
};

function standard(archive: ArchiveClass): Retrieval {
  return {
    hours: RESTORE_HOURS[archive] ?? 0,
    request: PRICES.s3.readRequest[archive],
    retrieved: PRICES.s3.retrieval[archive],
  };
}

/** What the workflow computes with: USD for one of each, so that the definition shows the prices it states. */
export interface RestorePrices {
  readonly retrievals: Readonly<
    Record<
      ArchiveClass,
      Readonly<Record<RetrievalTier, { readonly hours: number; readonly usdPerRequest: number; readonly usdPerByte: number }>>
    >
  >;
  /** The copy of a restored object lies in Standard. */
  readonly usdPerByteDay: number;
  readonly usdPerListing: number;
}

const perOne = ({ hours, request, retrieved }: Retrieval) => ({
  hours,
  usdPerRequest: usd(request, 1),
  usdPerByte: usd(retrieved, 1 / GB),
});
const perTier = (tiers: Readonly<Record<RetrievalTier, Retrieval>>) => ({
  Bulk: perOne(tiers.Bulk),
  Standard: perOne(tiers.Standard),
});

export const RESTORE_PRICES: RestorePrices = {
  retrievals: { GLACIER: perTier(RETRIEVALS.GLACIER), DEEP_ARCHIVE: perTier(RETRIEVALS.DEEP_ARCHIVE) },
  usdPerByteDay: usd(PRICES.s3.storage.STANDARD, 1 / GB / DAYS_A_MONTH),
  usdPerListing: usd(PRICES.s3.put, 1), // a LIST costs what a PUT costs
};
