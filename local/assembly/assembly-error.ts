/** A template that the runtime cannot run, or that AWS would refuse. Codes are stable. */
export class AssemblyError extends Error {
  /** @param code `AssemblyUnreadable`, `UnknownIntrinsic`, `UnresolvedReference`, `CircularDependency`, `UnknownResourceType`, `UnknownSection`, `UnknownStack`, `ParameterInvalid`, `ParameterMissing`, `TemplateInvalid`, `UnknownParameter`, `ResourceRefused`, `PolicyNotAwaited` */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AssemblyError';
  }
}
