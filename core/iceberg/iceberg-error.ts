/** Why a table cannot be as its definition says. Its code is stable. */
export class IcebergError extends Error {
  constructor(
    readonly code:
      | 'BadIcebergDefinition'
      | 'BadIcebergMetadata'
      | 'NotAnIcebergTable'
      | 'IcebergLocationChanged'
      | 'IcebergKeyChanged'
      | 'IcebergTypeChanged',
    message: string,
  ) {
    super(message);
    this.name = code;
  }
}
