/** What an Iceberg table does not do, or holds that cannot be read. */
export class IcebergError extends Error {
  /** @param code Trino's name of the error. */
  constructor(
    readonly code: string,
    readonly reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}
