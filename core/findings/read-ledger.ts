import { LineCounter, parseDocument, visit, type Document } from 'yaml';
import * as z from 'zod';
import { earlierShape, fromEarlier } from './earlier-ledger.ts';
import type { Ledger } from './ledger.ts';

/** A ledger that cannot be read. */
export class LedgerError extends Error {
  readonly code = 'InvalidLedger';

  constructor(faults: readonly string[]) {
    super(faults.map((fault) => `InvalidLedger: ${fault}`).join('\n'));
    this.name = 'LedgerError';
  }
}

const ledgerShape = z.strictObject({
  reviewedOn: z.string(),
  decisions: z.array(
    z.strictObject({
      rule: z.string(),
      reason: z.string(),
      owner: z.string(),
      enteredOn: z.string(),
      reviewBy: z.string(),
      places: z.array(
        z.strictObject({
          resource: z.string(),
          stacks: z.array(z.string()),
          findings: z.array(z.string()),
        }),
      ),
    }),
  ),
});

/**
 * Reads a ledger's text; whether it is honest, `judgeLedger` says. One of the earlier form is read as the decisions that it holds.
 *
 * @throws {@link LedgerError} naming each fault of its form
 */
export function readLedger(text: string): Ledger {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { stringKeys: true, lineCounter });
  if (document.errors.length > 0) throw new LedgerError(document.errors.map(({ message }) => message));
  refuseAliases(document, lineCounter);
  const read = document.has('entries')
    ? earlierShape.transform(fromEarlier).safeParse(document.toJS())
    : ledgerShape.safeParse(document.toJS());
  if (!read.success) throw new LedgerError(read.error.issues.map(({ path, message }) => `'${path.join('.')}': ${message}`));
  return read.data;
}

/** What stands for something else cannot be renewed by itself. */
function refuseAliases(document: Document, lines: LineCounter): void {
  const faults: string[] = [];
  visit(document, {
    Alias: (_, { source, range }) => {
      faults.push(
        `line ${lines.linePos(range?.[0] ?? 0).line} must be written out, got the alias '*${source}': each place is renewed by itself`,
      );
    },
  });
  if (faults.length > 0) throw new LedgerError(faults);
}
