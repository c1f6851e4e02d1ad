import type { Field } from './field.ts';

/** How a producer writes its events. */
export interface Order {
  /** Every field of the contract, in the order of the event; the first is in every event. */
  readonly fields: readonly Field[];
  /** Whether a space may stand behind a brace, a colon or a comma; otherwise there is none. */
  readonly isSpaced: boolean;
}

/** What comes next in a row: one value, or some members of the event that are copied together. */
export interface Piece {
  /** The group that is copied; undefined where the one value is written between `before` and `after`. */
  readonly copied: number | undefined;
  readonly before: string;
  readonly after: string;
  /** The values that the pattern alone does not judge, and their groups. */
  readonly values: readonly { readonly field: Field; readonly group: number }[];
}

interface EventPattern {
  readonly pattern: RegExp;
  /** What a row is made of, in the row's order. */
  readonly pieces: readonly Piece[];
}

/**
 * Makes the pattern of the events of an order: each required key once, each other key once at most, and nothing else.
 *
 * @param fields In the order of the row
 */
export function eventPattern(fields: readonly Field[], order: Order): EventPattern {
  const space = order.isSpaced ? ' ?' : '';
  const pieces = new Map<Run, Piece>();
  const runs = runsOf(fields, order);
  let groups = 0;
  const members = inEvent(runs, order).map((run, index) => {
    const copied = run.isCopied ? (groups += 1) : undefined;
    const values: { readonly field: Field; readonly group: number }[] = [];
    const source = run.fields.map((field) => {
      if (run.isCopied && field.isSettled) return memberPattern(field, field.pattern, space);
      values.push({ field, group: (groups += 1) });
      return memberPattern(field, `(${field.pattern})`, space);
    });
    pieces.set(run, { copied, ...around(run), values });
    const member = run.isCopied ? `(${source.join(',')})` : source.join('');
    if (index === 0) return member;
    return run.isOptional ? `(?:,${space}${member})?` : `,${space}${member}`;
  });
  return {
    pattern: new RegExp(`^\\{${space}${members.join('')}${space}\\}\\r?$`),
    pieces: runs.flatMap((run) => pieces.get(run) ?? []),
  };
}

/** Members that follow each other both in the event and in the row. */
interface Run {
  readonly fields: readonly [Field, ...Field[]];
  readonly isCopied: boolean;
  readonly isOptional: boolean;
}

/** The fields in the order of the row, those together that are copied together: no space, and no null or absent member, is among them. */
function runsOf(fields: readonly Field[], { fields: order, isSpaced }: Order): Run[] {
  const runs: Run[] = [];
  for (const field of fields) {
    const isCopied = !isSpaced && field.isVerbatim && field.required;
    const last = runs.at(-1);
    if (isCopied && last?.isCopied === true && order[order.indexOf(field) - 1] === last.fields.at(-1))
      runs[runs.length - 1] = { ...last, fields: [...last.fields, field] };
    else runs.push({ fields: [field], isCopied, isOptional: !field.required });
  }
  return runs;
}

const inEvent = (runs: readonly Run[], { fields }: Order): Run[] =>
  runs.toSorted((a, b) => fields.indexOf(a.fields[0]) - fields.indexOf(b.fields[0]));

function memberPattern({ name, quote, required }: Field, value: string, space: string): string {
  const quoted = `${quote}${value}${quote}`;
  return `"${name}":${space}${required ? quoted : `(?:null|${quoted})`}`;
}

function around({ isCopied, fields: [{ name, quote }] }: Run): Pick<Piece, 'before' | 'after'> {
  return isCopied ? { before: '', after: ',' } : { before: `"${name}":${quote}`, after: `${quote},` };
}
