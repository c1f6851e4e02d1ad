import { query, type State } from '../aws/asl.ts';

/** Hourly looks beyond the hours that a restore typically takes, and the surveys before it: what a statement counts on. */
const SPARE_LOOKS = 3;

/**
 * What S3 will bill for the days of `$total`, by the prices in `$prices`: requests, retrieval, the copies in Standard, and the listings that
 * watch over it. What is underway or restored was paid for by whoever asked. A copy that is to stay longer costs a request, counted at the
 * dearer archive's price.
 */
const PRICE = `(
  $flexible := $lookup($prices.retrievals.GLACIER, $request.tier);
  $deep := $lookup($prices.retrievals.DEEP_ARCHIVE, $request.tier);
  $hours := $max([$total.flexible > 0 ? $flexible.hours : 0, $total.deep > 0 ? $deep.hours : 0]);
  $requests := $total.flexible * $flexible.usdPerRequest + ($total.deep + $total.short) * $deep.usdPerRequest;
  $retrieval := $total.flexibleBytes * $flexible.usdPerByte + $total.deepBytes * $deep.usdPerByte;
  $storage := ($total.flexibleBytes + $total.deepBytes + $total.shortBytes) * $request.keepDays * $prices.usdPerByteDay;
  $listings := $total.pages * ($hours + ${SPARE_LOOKS}) * $prices.usdPerListing;
  $up := function($usd) { $ceil($round($usd * 10000, 4)) / 10000 };
  $parts := [$up($requests), $up($retrieval), $up($storage), $up($listings)];
  {
    "objects": $total.flexible + $total.deep + $total.short,
    "bytes": $total.flexibleBytes + $total.deepBytes + $total.shortBytes,
    "requestsUsd": $parts[0],
    "retrievalUsd": $parts[1],
    "storageUsd": $parts[2],
    "listingsUsd": $parts[3],
    "usd": $round($sum($parts), 4),
    "readyWithinHours": $hours
  }
)`;

/** Computes `$price`, each part rounded up to a hundredth of a cent. */
export const statePrice = (next: string): State => ({
  Type: 'Pass',
  Assign: { price: query(PRICE) },
  Output: {},
  Next: next,
});

/** The price as people read it. */
export const PRICE_TEXT = `"restoring " & $string($price.objects) & " objects (" & $string($price.bytes) & " bytes) of " & $request.domain & "." & $request.dataset
  & ", " & $request.from & " to " & $request.to & ", by " & $request.tier & " for " & $string($request.keepDays) & " days costs about " & $string($price.usd)
  & " USD (requests " & $string($price.requestsUsd) & ", retrieval " & $string($price.retrievalUsd) & ", copies in Standard " & $string($price.storageUsd)
  & ", listings " & $string($price.listingsUsd) & ")"`;
