/** Says on stderr where a fault of the runtime came from. The message is left out: it may quote what a client sent. */
export function reportFault(error: unknown): void {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')) : [];
  process.stderr.write(
    `headwaters: internal fault: ${error instanceof Error ? error.name : typeof error}\n${frames.join('\n')}\n`,
  );
}
