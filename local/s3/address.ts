/** Where an object lies, or where the keys of several begin. */
export interface S3Place {
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

/**
 * Takes an address of S3 apart, `s3://bucket/key`, as catalogs and the metadata of tables have it; the schemes of Hadoop's own clients, `s3a`
 * and `s3n`, mean the same. What callers of AWS's services may write is narrower, and looked at where they write it.
 *
 * @returns undefined for what is no such address, and for one without a slash behind the bucket
 */
export function s3Place(address: string): S3Place | undefined {
  const [, bucket, key] = /^s3[an]?:\/\/([^/]+)\/(.*)$/s.exec(address) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
