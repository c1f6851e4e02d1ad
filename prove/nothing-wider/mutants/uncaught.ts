/** Mutants that no judge catches, and why that is so. One that is caught, or is gone, must be taken out. */
export const UNCAUGHT: Readonly<Record<string, string>> = {
  'dependency on the table missing':
    'does nothing: the delivery refers to the function’s alias, whose version waits for the table; the dependency that is written says so once more',
  'alias on what is being edited':
    'nothing reads what a version freezes: a template alone cannot tell the version that is deployed from the code that is; on AWS the next deployment would show it',
};
