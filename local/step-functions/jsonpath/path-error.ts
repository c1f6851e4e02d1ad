/** Why a path finds nothing in a value. */
export class PathError extends Error {
  constructor(
    message: string,
    /** Whether it is not there, rather than of a type that the path cannot be applied to. */
    readonly isAbsence = false,
  ) {
    super(message);
  }
}

/** Why a text is no path that is simulated. */
export class PathFault extends Error {}
