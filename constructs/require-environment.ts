/** What the stack tells its function: without it, nothing starts. */
export function requireEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`the environment variable '${name}' must be set; deploy the function with the stack that made it`);
  return value;
}
