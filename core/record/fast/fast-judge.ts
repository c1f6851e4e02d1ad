import type { CompiledContract } from '../compiled-contract.ts';
import type { Accepted } from '../judge-event.ts';
import { parseEvent } from '../parse-json.ts';
import type { Protector } from '../protect.ts';
import type { RowEnd } from '../row-end.ts';
import type { Order } from './event-pattern.ts';
import { fieldsOf, type Field } from './field.ts';
import { layout, type Accept } from './layout.ts';

/** Orders of keys that are known at once: those of a few producers, each in two versions. */
const MOST_LAYOUTS = 4;
/** Events that the exact path accepts before another order is learnt: compiling one costs less than judging these. */
const BETWEEN_LESSONS = 64;
/** UTF-16 units of a text that is tried, so that what is tried in vain costs little. */
const LONGEST = 65_536;

export interface FastJudge {
  /** Accepts an event as the exact path would, or declines. */
  readonly judge: (text: string, arrival: number) => Accepted | undefined;
  /** Takes the order of keys from an event that was declined here and accepted on the exact path. */
  readonly learn: (text: string) => void;
}

interface Layout {
  readonly name: string;
  readonly accept: Accept;
}

/** The fast path of a contract: it accepts ordinary events whose order of keys it has learnt, and declines all else (docs/adr/0023). */
export function fastJudge(contract: CompiledContract, protectors: ReadonlyMap<string, Protector>, rowEnd: RowEnd): FastJudge {
  const seen = { unknownFields: false };
  const fields = fieldsOf(contract, protectors, () => {
    seen.unknownFields = true;
  });
  if (fields === undefined) return { judge: () => undefined, learn: () => undefined };
  let layouts: readonly Layout[] = []; // the last to match first
  let untilLesson = 0;

  const judge = (text: string, arrival: number): Accepted | undefined => {
    if (text.length > LONGEST) return undefined;
    for (const known of layouts) {
      const accepted = known.accept(text, arrival);
      if (accepted === undefined) continue;
      if (known !== layouts[0]) layouts = [known, ...layouts.filter((other) => other !== known)];
      return accepted;
    }
    return undefined;
  };
  const learn = (text: string): void => {
    untilLesson -= 1;
    if (untilLesson >= 0 || text.length > LONGEST) return;
    untilLesson = BETWEEN_LESSONS;
    const order = orderOf(fields, text);
    const name = order && nameOf(order);
    if (order === undefined || name === undefined || layouts.some((known) => known.name === name)) return;
    layouts = [{ name, accept: layout(contract, fields, order, seen, rowEnd) }, ...layouts.slice(0, MOST_LAYOUTS - 1)];
  };
  return { judge, learn };
}

/** All fields in an event's order, those that it lacks behind the one before them in the contract; undefined where it has a key unknown. */
function orderOf(fields: readonly Field[], text: string): Order | undefined {
  const parsed = parseEvent(text);
  if ('reason' in parsed) return undefined;
  const order: Field[] = [];
  for (const key of parsed.event.keys()) {
    const field = fields.find(({ name }) => name === key);
    if (field === undefined) return undefined;
    order.push(field);
  }
  fields.forEach((field, index) => {
    if (!parsed.event.has(field.name)) order.splice(1 + order.indexOf(fields[index - 1] ?? field), 0, field);
  });
  return { fields: order, isSpaced: text.replaceAll(/"[^"\\]*"/g, '').includes(' ') };
}

const nameOf = ({ fields, isSpaced }: Order): string => `${isSpaced} ${fields.map(({ name }) => name).join()}`;
