import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What a transform function can be made to do, as code around an invocation of the real one. */
const CODE = {
  /** Before it has looked at a record. */
  throws: "throw new Error('mischief');",
  /** Its rejects are in quarantine, and whoever asks again puts them once more. */
  'throws-late': "await transform(event, context); throw new Error('mischief');",
  /** As `throws-late`, and with its process. */
  exits: 'await transform(event, context); process.exit(1);',
  /** More than Lambda carries. */
  'answers-too-much': "return { ...(await transform(event, context)), ballast: 'x'.repeat(7_000_000) };",
  'forgets-a-record': 'return { records: (await transform(event, context)).records.slice(1) };',
  'repeats-a-record':
    'const { records } = await transform(event, context); return { records: [...records, ...records.slice(0, 1)] };',
  'answers-nothing': 'await transform(event, context); return undefined;',
  'answers-without-data':
    "return { records: (await transform(event, context)).records.map((record) => (record.result === 'Ok' ? { ...record, data: undefined } : record)) };",
} as const;

export type MischiefKind = keyof typeof CODE;
export const MISCHIEFS = Object.keys(CODE) as readonly MischiefKind[];

/**
 * What no fault excuses: what a function does to its answer in each invocation. A proof that does not find such a lie proves nothing: tests
 * plant them.
 */
const LIES = {
  /** The first record is gone, and nobody was told. */
  'drops-a-record': "(record, index) => (index === 0 ? { ...record, result: 'Dropped', data: '' } : record)",
  /** Every row is there twice. */
  'doubles-rows': '(record) => ({ ...record, data: base64(text(record).repeat(2)) })',
  /** Every row holds a value that its event did not have. */
  'alters-rows': `(record) => ({ ...record, data: base64(text(record).replaceAll('"kind":"moved"', '"kind":"accepted"')) })`,
  /** Every row holds a value that the contract does not allow. */
  'lets-anything-in': `(record) => ({ ...record, data: base64(text(record).replaceAll('"kind":"moved"', '"kind":"lost"')) })`,
} as const;

export type Lie = keyof typeof LIES;

interface Order {
  readonly kind: MischiefKind;
  /** Invocations still to be spoilt. */
  readonly left: number;
}

/** Spoils invocations of a function from outside its thread: by a file that a wrapper around the real handler reads. */
export class Mischief {
  private asked = 0;

  /** @param file Where the order stands; absent while there is none */
  constructor(private readonly file: string) {}

  /** The source of a module that stands in place of the one at `handler`. @param lie What it does to every answer. @default - nothing */
  wrapperOf(handler: string, lie?: Lie): string {
    const cases = Object.entries(CODE).map(([kind, code]) => `case '${kind}': { ${code} }`);
    return `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { handler as real } from ${JSON.stringify(handler)};
const text = ({ data }) => Buffer.from(data, 'base64').toString();
const base64 = (rows) => Buffer.from(rows).toString('base64');
const transform = async (event, context) => ({ records: (await real(event, context)).records.map(${lie === undefined ? '(record) => record' : LIES[lie]}) });
const file = ${JSON.stringify(this.file)};
export const handler = async (event, context) => {
  const order = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { left: 0 };
  if (order.left === 0) return transform(event, context);
  writeFileSync(file, JSON.stringify({ ...order, left: order.left - 1 }));
  switch (order.kind) { ${cases.join('\n')} }
};
`;
  }

  /** Has the next `times` invocations spoilt. */
  begin(kind: MischiefKind, times: number): void {
    this.asked = times;
    writeFileSync(this.file, JSON.stringify({ kind, left: times } satisfies Order));
  }

  /** Has no further invocation spoilt. @returns how many were */
  end(): number {
    const left = existsSync(this.file) ? (JSON.parse(readFileSync(this.file, 'utf8')) as Order).left : this.asked;
    rmSync(this.file, { force: true });
    const spoilt = this.asked - left;
    this.asked = 0;
    return spoilt;
  }
}
