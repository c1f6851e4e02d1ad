import { valueJudge } from '../../record/judge-value.ts';
import type { CompiledType } from '../../record/compiled-contract.ts';
import { isIban, isPaymentCard, isPersonName, isPhoneNumber } from './personal/values.ts';
import { TextForms } from './text-forms.ts';

/** Whether the platform itself would accept a text as this type: what is inferred here must be what is judged there. */
function accepted(type: CompiledType): (text: string) => boolean {
  const judge = valueJudge(type, {}, () => undefined);
  return (text) => !('reason' in judge(text));
}

/** Whether a text is written as JSON writes a number: `007` and `+5` are not. */
export const isNumber = (text: string): boolean => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);

/** What a text may be taken for; it may be several. */
const TEXT_KINDS = {
  zonedTimestamp: accepted({ kind: 'timestamp', zonelessIsUtc: false }),
  timestamp: accepted({ kind: 'timestamp', zonelessIsUtc: true }),
  date: accepted({ kind: 'date' }),
  time: accepted({ kind: 'time' }),
  uuid: accepted({ kind: 'string', format: 'uuid' }),
  email: accepted({ kind: 'string', format: 'email' }),
  uri: accepted({ kind: 'string', format: 'uri' }),
  hostname: accepted({ kind: 'string', format: 'hostname' }),
  ipv4: accepted({ kind: 'string', format: 'ipv4' }),
  ipv6: accepted({ kind: 'string', format: 'ipv6' }),
  /** Names a place by its scheme: `a:b` alone is a URI too, and many other things. */
  link: (text: string) => text.includes('://'),
  number: isNumber,
  boolean: (text: string) => /^(?:true|false)$/i.test(text),
  /** Digits as people group them: telephone numbers, cards, dates too. */
  digits: (text: string) => /^\+?[\d\s()./x-]{7,30}$/.test(text) && text.replaceAll(/\D/g, '').length >= 7,
  spaced: (text: string) => /\S\s+\S/.test(text),
  phone: isPhoneNumber,
  card: isPaymentCard,
  iban: isIban,
  personName: isPersonName,
} as const satisfies Readonly<Record<string, (text: string) => boolean>>;
export type TextKind = keyof typeof TEXT_KINDS;

const ENTRIES = Object.entries(TEXT_KINDS) as readonly (readonly [TextKind, (text: string) => boolean])[];

/** What has been seen of the texts at one place. */
export class TextFacts {
  count = 0;
  longest = 0;
  /** What looks like a time or a number, written otherwise. */
  readonly forms = new TextForms();
  private readonly counts = new Map<TextKind, number>();

  add(text: string): void {
    this.count += 1;
    this.longest = Math.max(this.longest, text.length);
    this.forms.add(text);
    for (const [kind, test] of ENTRIES) if (test(text)) this.counts.set(kind, this.of(kind) + 1);
  }

  /** How many texts may be taken for this. */
  of(kind: TextKind): number {
    return this.counts.get(kind) ?? 0;
  }

  /** The same as a share of all texts, 0 to 1. */
  share(kind: TextKind): number {
    return this.count === 0 ? 0 : this.of(kind) / this.count;
  }

  all(kind: TextKind): boolean {
    return this.count > 0 && this.of(kind) === this.count;
  }
}
