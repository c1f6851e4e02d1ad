/** Where the AWS SDK is looked for that a function's code does not hold: the project that runs, and this package. */
export const PROJECTS: readonly string[] = [process.cwd(), import.meta.dirname];
